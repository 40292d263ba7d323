import type { ChatView, Overview, RecordRow } from '../view/types.ts';
import { act } from './api.ts';
import { type ArmedFault, state } from './state.ts';

let draw: () => void = () => undefined;
let running: Promise<void> | null = null;
let isStale = false;

/** Who is called when something has been read. */
export function onChange(listener: () => void): void {
  draw = listener;
}

/** Reads all that is shown and draws it. A call during one makes a second one follow, so that nothing is missed. */
export function refresh(): Promise<void> {
  isStale = true;
  running ??= (async () => {
    try {
      while (isStale) {
        isStale = false;
        await read();
        draw();
      }
    } finally {
      running = null;
    }
  })();
  return running;
}

async function read(): Promise<void> {
  const { open, panelOpen } = state;
  const [overview, chat, faults, record] = await Promise.all([
    act<Overview>('view/overview'),
    open ? act<ChatView>('view/chat', { platform: open.platform, chat: open.id }) : null,
    panelOpen ? act<readonly ArmedFault[]>('faults') : state.faults,
    panelOpen ? act<readonly RecordRow[]>('view/record') : state.record,
  ]);
  const isSame = state.open?.id === open?.id && state.open?.platform === open?.platform;
  Object.assign(state, { overview, faults, record, ...(isSame ? { chat } : {}) });
  if (!isSame) isStale = true;
  if (!overview.people.some(({ id }) => id === state.me)) state.me = overview.people[0]?.id ?? null;
}
