import { mayBeCorrected } from '#src/domain/broadcast/correction.ts';
import { hasRole } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { shortDate } from '../present.ts';
import { answer, asker, type BroadcastPorts } from './ports.ts';

/** Each is a numbered choice; "9" is Quay lại elsewhere and stays out of the numbers. */
const SHOWN = 8;
const MAX_LABEL = 60;

/** The last runs that went out, for choosing the one to correct. */
export async function listRuns(ports: BroadcastPorts, context: EffectContext): Promise<void> {
  const member = await asker(ports, context);
  if (!member || !hasRole(member, 'editor')) return answer(ports, context, { key: 'common.notAllowed' });
  const states = ['done', 'sending', 'paused', 'corrected', 'cancelled'] as const;
  const runs = (await ports.runs.latest(states, 2 * SHOWN)).filter(mayBeCorrected).slice(0, SHOWN);
  if (runs.length === 0) return answer(ports, context, { key: 'broadcast.correction.none' });
  const choices = runs.map((run, index) => ({
    number: String(index + 1),
    value: run.id,
    label: `${shortDate(run.sendAtMs)} ${run.title}`.slice(0, MAX_LABEL),
  }));
  await answer(
    ports,
    context,
    { key: 'broadcast.correction.choose' },
    { id: `${context.id}.runs`, subject: { kind: 'run-list' }, choices },
  );
}
