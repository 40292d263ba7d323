import { standing } from '#src/domain/broadcast/coverage.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import type { BroadcastPorts } from './ports.ts';

/**
 * How the neighbourhoods that a run was meant for stand: one line where all have it, else one a neighbourhood that has not.
 * Nothing where the ward has no neighbourhoods.
 */
export async function coverageLines(ports: BroadcastPorts, run: BroadcastRun): Promise<readonly string[]> {
  const plan = (await ports.plans.current())?.plan;
  const meant = (plan?.neighbourhoods ?? []).filter(
    ({ id }) => run.audience.neighbourhoods === null || run.audience.neighbourhoods.includes(id),
  );
  if (meant.length === 0 || (run.meeting && run.meeting.neighbourhood === null)) return [];
  const names = new Map(meant.map(({ id, name }) => [id, name]));
  const all = standing([...names.keys()], await ports.deliveries.coverage([run.id]));
  const open = all.filter(({ reached }) => reached !== 'reached');
  const params = { reached: all.length - open.length, total: all.length };
  if (open.length === 0) return [ports.texts.render({ key: 'coverage.whole', params })];
  return [
    ports.texts.render({ key: 'coverage.part', params }),
    ...open.map(({ neighbourhood, reached }) =>
      ports.texts.render({
        key: `coverage.standing.${reached}`,
        params: { name: names.get(neighbourhood) ?? neighbourhood },
      }),
    ),
  ];
}
