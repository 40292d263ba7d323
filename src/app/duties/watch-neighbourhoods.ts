import {
  followNeighbourhoods,
  NEIGHBOURHOOD_RULES,
  unreachableNeighbourhoods,
} from '#src/domain/duties/unreachable-neighbourhood.ts';
import type { App } from '../app.ts';
import { followDuties } from './follow-duties.ts';

type Ports = Pick<
  App,
  'destinations' | 'duties' | 'plans' | 'staff' | 'calendar' | 'clock' | 'texts' | 'log'
>;

/**
 * A neighbourhood whose every group and head was lost is a duty for somebody of the unit that writes the posts; told once,
 * closed by itself when a post can arrive again. Safe to run twice: ids are of the neighbourhood and the occasion, and a duty
 * that was answered meanwhile is looked at again the next time.
 */
export async function watchNeighbourhoods(ports: Ports): Promise<void> {
  const plan = (await ports.plans.current())?.plan;
  if (!plan) return;
  const unreachable = unreachableNeighbourhoods(plan, await ports.destinations.census());
  const followed = followNeighbourhoods(
    {
      plan,
      staff: await ports.staff.list(),
      calendar: ports.calendar,
      nowMs: ports.clock.nowMs(),
      titleOf: (name) => ports.texts.render({ key: 'duty.unreachableTitle', params: { name } }),
    },
    unreachable,
    await ports.duties.ofRules(NEIGHBOURHOOD_RULES),
  );
  await followDuties(ports, followed, 'neighbourhoods followed');
}
