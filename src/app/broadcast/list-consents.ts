import { RUN_STATES } from '#src/domain/run.ts';
import { hasRole } from '#src/domain/staff.ts';
import { fold } from '#src/domain/vietnamese/fold.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { answer, asker, type BroadcastPorts } from './ports.ts';

/** Each is a numbered choice; "9" is Quay lại elsewhere and stays out of the numbers. */
const SHOWN = 8;
const RUNS_LOOKED_AT = 500;
const SERIES_LOOKED_AT = 200;

/** Everything that a person who was named may have agreed to: runs and series, whatever became of them. */
export async function withConsents(ports: BroadcastPorts) {
  const [runs, active, submitted] = await Promise.all([
    ports.runs.latest(RUN_STATES, RUNS_LOOKED_AT),
    ports.series.inState('active', SERIES_LOOKED_AT),
    ports.series.inState('submitted', SERIES_LOOKED_AT),
  ]);
  return { runs, series: [...active, ...submitted] };
}

/** People whose consent is recorded, once each, for choosing the one who takes it back. */
export async function listConsents(ports: BroadcastPorts, context: EffectContext): Promise<void> {
  const member = await asker(ports, context);
  if (!member || !hasRole(member, 'editor')) return answer(ports, context, { key: 'common.notAllowed' });
  const { runs, series } = await withConsents(ports);
  const people = new Map<string, { readonly value: string; readonly label: string }>();
  for (const { id, posts } of [...series, ...runs.map((run) => ({ id: run.id, posts: [run] }))]) {
    for (const { consent } of posts) {
      if (consent?.kind !== 'recorded' || people.has(fold(consent.person))) continue;
      people.set(fold(consent.person), { value: id, label: consent.person });
    }
  }
  const choices = [...people.values()]
    .slice(0, SHOWN)
    .map((one, index) => ({ number: String(index + 1), ...one }));
  if (choices.length === 0) return answer(ports, context, { key: 'broadcast.consent.none' });
  await answer(
    ports,
    context,
    { key: 'broadcast.consent.whoWithdraws' },
    { id: `${context.id}.consents`, subject: { kind: 'consents' }, choices },
  );
}
