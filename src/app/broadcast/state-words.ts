import type { BroadcastRun } from '#src/domain/run.ts';
import type { BroadcastPorts } from './ports.ts';

/** Where a run stands, as part of a sentence about its post. */
export function stateWords(ports: Pick<BroadcastPorts, 'texts'>, run: BroadcastRun): string {
  switch (run.state) {
    case 'draft':
      return ports.texts.render({ key: 'broadcast.state.draft' });
    case 'submitted':
      return ports.texts.render({ key: 'broadcast.state.submitted' });
    case 'returned':
      return ports.texts.render({ key: 'broadcast.state.returned' });
    case 'scheduled':
      return ports.texts.render({ key: 'broadcast.state.scheduled' });
    case 'sending':
      return ports.texts.render({ key: 'broadcast.state.sending' });
    case 'paused':
      return ports.texts.render({ key: 'broadcast.state.paused' });
    case 'done':
      return ports.texts.render({ key: 'broadcast.state.done' });
    case 'cancelled':
      return ports.texts.render({ key: 'broadcast.state.cancelled' });
    case 'expired':
      return ports.texts.render({ key: 'broadcast.state.expired' });
    case 'corrected':
      return ports.texts.render({ key: 'broadcast.state.corrected' });
  }
}
