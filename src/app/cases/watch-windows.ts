import { OPEN_STATES } from '#src/domain/cases/states.ts';
import { windowLookMs } from '#src/domain/conversation/zalo-window.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';
import { notifyChat } from '../send/notify.ts';

const BATCH = 100;
const CASES_LOOKED_AT = 8;

/**
 * Before Zalo bills or refuses news, a resident whose case is still open hears how it stands, with a button that keeps the
 * chat open. Safe to run twice: the row's id is of the person's last message and the look.
 */
export async function watchWindows(app: App, signal?: AbortSignal): Promise<void> {
  const nowMs = app.clock.nowMs();
  for (const { key, chat, heardAtMs, windowAtMs } of await app.conversations.windowsDue(nowMs, BATCH)) {
    if (signal?.aborted) return;
    await askToStay(app, chat, `window.${key}.${String(heardAtMs)}.${String(windowAtMs)}`);
    await app.conversations.windowLooked(key, windowAtMs, windowLookMs(chat.platform, heardAtMs, nowMs));
  }
}

async function askToStay(app: App, chat: ChatRef, id: string): Promise<void> {
  const cases = await app.cases.ofResident(chat, CASES_LOOKED_AT);
  const open = cases.filter(({ state }) => OPEN_STATES.includes(state));
  const [first] = open;
  if (!first) return;
  const lines = open.map((matter) =>
    app.texts.render({
      key: 'mycase.window.line',
      params: { code: matter.code, state: app.texts.render({ key: `mycase.state.${matter.state}` }) },
    }),
  );
  await notifyChat(app, {
    id,
    chat,
    caseId: first.id,
    text: { key: 'mycase.window.ask', params: { lines: lines.join('\n') } },
    prompt: {
      id,
      subject: { kind: 'window' },
      choices: [{ number: '1', value: 'stay', label: app.texts.render({ key: 'mycase.window.stay' }) }],
    },
    lane: 'reminder',
    dueAtMs: app.clock.nowMs(),
  });
}
