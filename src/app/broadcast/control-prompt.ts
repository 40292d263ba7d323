import type { PromptToOpen } from '#src/domain/outbound.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import type { BroadcastPorts } from './ports.ts';

/** The buttons with which a run is held, let go on, or stopped: under every message about one that is to go out. */
export function controlPrompt(
  ports: Pick<BroadcastPorts, 'texts'>,
  run: BroadcastRun,
  name: string,
  mayEdit = false,
): PromptToOpen {
  return {
    id: `${run.id}.${name}`,
    subject: { kind: 'run', runId: run.id },
    choices: [
      { number: '1', value: 'pause', label: ports.texts.render({ key: 'broadcast.control.pauseChoice' }) },
      { number: '2', value: 'resume', label: ports.texts.render({ key: 'broadcast.control.resumeChoice' }) },
      ...(mayEdit
        ? [{ number: '3', value: 'edit', label: ports.texts.render({ key: 'compose.choice.edit' }) }]
        : []),
      { number: '0', value: 'cancel', label: ports.texts.render({ key: 'broadcast.control.cancelChoice' }) },
    ],
  };
}

/** One button for an author whose post came back: the form with what is there; of a correction, its beginning. */
export function mendPrompt(
  ports: Pick<BroadcastPorts, 'texts'>,
  item: { readonly id: string; readonly corrects?: string | null },
): PromptToOpen {
  const { id, corrects = null } = item;
  return {
    id: `${id}.mend`,
    subject: { kind: 'run', runId: corrects ?? id },
    choices: [
      {
        number: '1',
        value: corrects === null ? 'edit' : 'correct',
        label: ports.texts.render({ key: 'compose.choice.edit' }),
      },
    ],
  };
}
