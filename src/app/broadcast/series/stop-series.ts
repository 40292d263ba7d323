import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import type { Series } from '#src/domain/series.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { answer, asker, audit, MAX_TRIES, type BroadcastPorts } from '../ports.ts';

/** Runs of a series are made two days ahead; one that was moved on may lie further. */
const LOOK_AHEAD_MS = 100 * DAY_MS;
const RUNS = 1_000;

/**
 * Ends a series: its author, any approver or an admin may. The series goes first, so that no run is made any more; then
 * the runs that wait are called off. Safe to run twice.
 */
export async function stopSeries(
  ports: BroadcastPorts,
  context: EffectContext,
  seriesId: string,
): Promise<void> {
  const member = await asker(ports, context);
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const series = await ports.series.get(seriesId);
    if (!series) return answer(ports, context, { key: 'broadcast.gone' });
    if (!member || !mayStop(series, member)) return answer(ports, context, { key: 'common.notAllowed' });
    if (series.state !== 'stopped') {
      if ((await ports.series.update(series.id, series.rev, { state: 'stopped' })) === 'conflict') continue;
    }
    const stopped = await cancelWaiting(ports, series);
    await audit(ports, context, member, 'series-stopped', series.id);
    return answer(ports, context, {
      key: 'schedule.series.stopped',
      params: { title: series.title, stopped },
    });
  }
  throw new Error(`series ${seriesId} keeps changing`);
}

/** Calls off the runs of a series that have not begun. Answers how many. */
export async function cancelWaiting(ports: BroadcastPorts, series: Series): Promise<number> {
  const nowMs = ports.clock.nowMs();
  let stopped = 0;
  const near = await ports.runs.between(
    ['scheduled', 'submitted'],
    series.createdAtMs,
    nowMs + LOOK_AHEAD_MS,
    RUNS,
  );
  for (const { id } of near.filter((run) => run.seriesId === series.id)) {
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const run = await ports.runs.get(id);
      if (run?.state !== 'scheduled' && run?.state !== 'submitted') break;
      const change = { state: 'cancelled', finishedAtMs: nowMs } as const;
      if ((await ports.runs.update(id, run.rev, change)) === 'conflict') continue;
      stopped += 1;
      break;
    }
  }
  return stopped;
}

function mayStop(series: Series, member: StaffMember): boolean {
  return member.id === series.authorId || hasRole(member, 'approver', 'admin');
}
