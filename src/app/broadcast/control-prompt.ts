import type { PromptToOpen } from '#src/domain/outbound.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import type { BroadcastPorts } from './ports.ts';

/** The buttons with which a run is held, let go on, or stopped: under every message about one that is to go out. */
export function controlPrompt(
  ports: Pick<BroadcastPorts, 'texts'>,
  run: BroadcastRun,
  name: string,
): PromptToOpen {
  return {
    id: `${run.id}.${name}`,
    subject: { kind: 'run', runId: run.id },
    choices: [
      { number: '1', value: 'pause', label: ports.texts.render({ key: 'broadcast.control.pauseChoice' }) },
      { number: '2', value: 'resume', label: ports.texts.render({ key: 'broadcast.control.resumeChoice' }) },
      { number: '0', value: 'cancel', label: ports.texts.render({ key: 'broadcast.control.cancelChoice' }) },
    ],
  };
}
