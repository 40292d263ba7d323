import { followsHours, openHour, type Placement } from '#src/domain/broadcast/hours.ts';
import type { RunState } from '#src/domain/run.ts';
import type { Series, SeriesException } from '#src/domain/series.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { mayMove } from '../in-charge.ts';
import { placeRoutine } from '../place-run.ts';
import { answer, asker, audit, type BroadcastPorts, currentPlan, MAX_TRIES } from '../ports.ts';
import { makeOccurrence } from '../series/make-occurrences.ts';
import { tellApproverOfHour } from '../tell-approver.ts';
import { whenOf } from '../tell-schedule.ts';
import { type Entry, findEntry, occurrenceOf, titleOf, withException } from './entries.ts';
import { isAhead } from './show-entry.ts';

/** One going-out does not go out; of a series, the others do. Safe to run twice. */
export async function skipEntry(
  ports: BroadcastPorts,
  context: EffectContext,
  entryId: string,
): Promise<void> {
  const found = await changeable(ports, context, entryId, 'cancelled');
  if (!found) return;
  const { entry, member, item } = found;
  const { date } = occurrenceOf(entryId);
  // The series first: else it would make the run again.
  if (date !== null) await except(ports, entryId, { date, kind: 'skip' });
  await changeRun(ports, entryId, { state: 'cancelled', finishedAtMs: ports.clock.nowMs() });
  await audit(ports, context, member, 'run-skipped', entryId);
  const when = whenOf(ports, entry.atMs);
  await tellApproverOfHour(ports, context, item, member, { key: 'timetable.skip.told', when });
  return answer(ports, context, { key: 'timetable.skip.done', params: { title: titleOf(entry), when } });
}

/** One going-out at another hour, as far as the rules of time let it. The approval, which is of the content, stays. */
export async function moveEntry(
  ports: BroadcastPorts,
  context: EffectContext,
  entryId: string,
  toMs: number,
): Promise<void> {
  const found = await changeable(ports, context, entryId);
  if (!found) return;
  const { entry, member, item } = found;
  if (toMs <= ports.clock.nowMs()) return answer(ports, context, { key: 'timetable.move.past' });
  const placed = await place(ports, entry, toMs);
  const { date } = occurrenceOf(entryId);
  if (date !== null) await except(ports, entryId, { date, kind: 'move', atMs: placed.atMs });
  // A run now: it may go out sooner than its series would have made it.
  if (entry.kind === 'planned') {
    const series = await ports.series.get(entry.series.id);
    if (series?.state === 'active') await makeOccurrence(ports, series, entry.ruleMs, entry.index);
  }
  await changeRun(ports, entryId, { sendAtMs: placed.atMs, lateByMs: null });
  const when = whenOf(ports, placed.atMs);
  await audit(ports, context, member, 'run-moved', entryId, new Date(placed.atMs).toISOString());
  await tellApproverOfHour(ports, context, item, member, { key: 'timetable.move.told', when });
  return answer(ports, context, {
    key: placed.why === null ? 'timetable.move.done' : `timetable.move.${placed.why}`,
    params: { title: titleOf(entry), when, reason: placed.reason ?? '' },
  });
}

async function place(ports: BroadcastPorts, entry: Entry, toMs: number): Promise<Placement> {
  const plan = await currentPlan(ports);
  if (entry.kind === 'planned') return openHour(toMs, plan.broadcasting);
  if (!followsHours(entry.run)) return { atMs: toMs, why: null, reason: null };
  return placeRoutine(ports, plan, { ...entry.run, sendAtMs: toMs }, toMs);
}

interface Changeable {
  readonly entry: Entry;
  readonly member: StaffMember;
  readonly item: { readonly title: string; readonly authorId: string; readonly approverId: string | null };
}

/** The entry, if it is still ahead and this person may change it; else they are told, and null. */
async function changeable(
  ports: BroadcastPorts,
  context: EffectContext,
  entryId: string,
  reached?: RunState,
): Promise<Changeable | null> {
  // Our answer in the chat marks an effect that has run.
  if (await ports.deliveries.get(context.id)) return null;
  const member = await asker(ports, context);
  const entry = await findEntry(ports, entryId);
  const item = entry && (entry.kind === 'run' ? entry.run : entry.series);
  const refused = !entry || !item || !member;
  if (refused) await answer(ports, context, { key: 'broadcast.gone' });
  else if (!mayMove(item, member)) await answer(ports, context, { key: 'common.notAllowed' });
  // Broken off after the run was called off, the effect goes on to its record and its answer.
  else if (!isAhead(entry) && !(entry.kind === 'run' && entry.run.state === reached))
    await answer(ports, context, { key: 'timetable.tooLate', params: { title: titleOf(entry) } });
  else return { entry, member, item };
  return null;
}

async function except(ports: BroadcastPorts, entryId: string, exception: SeriesException): Promise<void> {
  const { seriesId } = occurrenceOf(entryId);
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const series: Series | null = await ports.series.get(seriesId);
    if (!series) return;
    const exceptions = withException(series, exception);
    if ((await ports.series.update(series.id, series.rev, { exceptions })) === 'saved') return;
  }
  throw new Error(`series ${seriesId} keeps changing`);
}

async function changeRun(
  ports: BroadcastPorts,
  id: string,
  change: Parameters<BroadcastPorts['runs']['update']>[2],
): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(id);
    if (run?.state !== 'scheduled' && run?.state !== 'submitted') return;
    if ((await ports.runs.update(id, run.rev, change)) === 'saved') return;
  }
  throw new Error(`run ${id} keeps changing`);
}
