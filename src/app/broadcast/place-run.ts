import { getsRun } from '#src/domain/broadcast/audience.ts';
import {
  hasExpired,
  openHour,
  type Placement,
  sameHourOn,
  SEARCH_DAYS,
} from '#src/domain/broadcast/hours.ts';
import { addDays, atLocal, DAY_MS, localDateOf, MINUTE_MS } from '#src/domain/calendar/local-time.ts';
import type { LocalDate, Plan } from '#src/domain/plan.ts';
import type { BroadcastRun, RunState } from '#src/domain/run.ts';
import type { BroadcastPorts } from './ports.ts';

export type PlacePorts = Pick<BroadcastPorts, 'runs' | 'destinations' | 'clock'>;

/** Runs that take up their groups' day. */
const TAKING: readonly RunState[] = ['scheduled', 'sending', 'paused', 'done', 'corrected'];
const RUNS_A_DAY = 500;

/** A run, or one that is still being put together. */
export type ToPlace = Pick<BroadcastRun, 'id' | 'topicId' | 'audience' | 'sendAtMs' | 'state'>;

/**
 * When a routine run may go out, from `atMs` on: not in quiet hours, not on a silent day, and not on a day on which one
 * of its groups has its routine posts already. A run moves as a whole, to the hour it was meant for: half a post today
 * and half tomorrow would be understood by nobody.
 */
export async function placeRoutine(
  ports: PlacePorts,
  plan: Plan,
  run: ToPlace,
  atMs: number,
): Promise<Placement> {
  let placed = openHour(atMs, plan.broadcasting);
  for (let days = 0; days < SEARCH_DAYS; days += 1) {
    const date = localDateOf(placed.atMs);
    if (!(await isFull(ports, plan, run, date))) return placed;
    const next = openHour(sameHourOn(addDays(date, 1), run.sendAtMs), plan.broadcasting);
    placed = { ...next, why: placed.why ?? 'full', reason: placed.reason };
  }
  throw new Error(`no free day for the run ${run.id}`);
}

/** Has a group of this run its routine posts of the day from others? */
async function isFull(ports: PlacePorts, plan: Plan, run: ToPlace, date: LocalDate): Promise<boolean> {
  const others = (await runsOfDay(ports, plan, date)).filter((other) => goesBefore(ports, other, run, date));
  const limit = plan.broadcasting.routinePostsADay;
  if (others.length < limit) return false;
  for await (const destination of ports.destinations.active()) {
    if (destination.kind !== 'group' || !getsRun(plan, run, destination)) continue;
    if (others.filter((other) => getsRun(plan, other, destination)).length >= limit) return true;
  }
  return false;
}

/** Those that went out on the day or are to. */
async function runsOfDay(ports: PlacePorts, plan: Plan, date: LocalDate): Promise<readonly BroadcastRun[]> {
  const fromMs = atLocal(date, '00:00');
  const longestLateMs = Math.max(plan.broadcasting.lateForMinutes * MINUTE_MS, DAY_MS);
  const near = await ports.runs.between(TAKING, fromMs - longestLateMs, fromMs + DAY_MS, RUNS_A_DAY);
  const nowMs = ports.clock.nowMs();
  return near.filter(
    (run) =>
      run.kind === 'routine' &&
      dayOf(run, nowMs) === date &&
      !(run.state === 'scheduled' && hasExpired(run, nowMs, plan.broadcasting.lateForMinutes)),
  );
}

/** What has not begun yet goes out today at the earliest. */
function dayOf(
  run: Pick<BroadcastRun, 'sendAtMs'> & { startedAtMs?: number | null },
  nowMs: number,
): LocalDate {
  return localDateOf(run.startedAtMs ?? Math.max(run.sendAtMs, nowMs));
}

/**
 * Of two that wait for one day, the one that was planned for it has it, then the earlier, then the lower id: two
 * processes never disagree. A run that comes from another day takes nobody's place.
 */
function goesBefore(ports: PlacePorts, other: BroadcastRun, run: ToPlace, date: LocalDate): boolean {
  if (other.id === run.id) return false;
  const isRival = other.state === 'scheduled' && run.state === 'scheduled';
  if (!isRival || dayOf(run, ports.clock.nowMs()) !== date) return true;
  const [one, another] = [other, run].map(({ sendAtMs, id }) =>
    [localDateOf(sendAtMs) === date ? '0' : '1', String(sendAtMs).padStart(16, '0'), id].join(' '),
  );
  return (one ?? '') < (another ?? '');
}
