import { hashed } from '#src/domain/broadcast/approval.ts';
import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import { newRun } from '#src/domain/run.ts';
import { isSeriesApproved, occurrenceAt, occurrenceId, type Series } from '#src/domain/series.ts';
import type { BroadcastPorts } from '../ports.ts';
import { voidSeries } from './void-series.ts';

/** A run is there so long before its hour: time to look at it, to skip it or to move it. */
const AHEAD_MS = 2 * DAY_MS;
const SERIES_AT_ONCE = 200;
/** A rule without a going-out in so many days is over. */
const LONGEST_GAP_MS = 400 * DAY_MS;

/**
 * Makes each going-out that is near into a run, under an id made of the series and the day, with the approval of the
 * series carried over. What passed while nothing ran is made, too: whether it still goes out is for the start to decide.
 * Safe to run twice and from several processes. Answers how many runs there should be now.
 */
export async function makeOccurrences(ports: BroadcastPorts, signal?: AbortSignal): Promise<number> {
  let made = 0;
  for (const series of await ports.series.inState('active', SERIES_AT_ONCE)) {
    if (signal?.aborted) break;
    if (!isSeriesApproved(series, ports.hash)) await voidSeries(ports, series);
    else made += await makeNear(ports, series);
  }
  return made;
}

async function makeNear(ports: BroadcastPorts, series: Series): Promise<number> {
  const untilMs = ports.clock.nowMs() + AHEAD_MS;
  if (untilMs <= series.madeUntilMs) return 0;
  const moments = ports.recurrence.between(series.rule, 0, untilMs);
  let made = 0;
  for (const [index, ruleMs] of moments.entries()) {
    if (ruleMs < series.madeUntilMs) continue;
    if (await makeOccurrence(ports, series, ruleMs, index)) made += 1;
  }
  const isOver = ports.recurrence.between(series.rule, untilMs, untilMs + LONGEST_GAP_MS).length === 0;
  // Another process may have done the same: its answer is as good.
  await ports.series.update(series.id, series.rev, {
    madeUntilMs: untilMs,
    ...(isOver ? { state: 'ended' } : {}),
  });
  return made;
}

/** The run of one moment of the rule. Answers whether it is wanted now. */
export async function makeOccurrence(
  ports: BroadcastPorts,
  series: Series,
  ruleMs: number,
  index: number,
): Promise<boolean> {
  const sendAtMs = occurrenceAt(series, ruleMs);
  const post = series.posts[index % series.posts.length];
  if (sendAtMs === null || !post) return false;
  const made = hashed(
    newRun({
      ...post,
      id: occurrenceId(series, ruleMs),
      topicId: series.topicId,
      audience: series.audience,
      contentHash: '',
      authorId: series.authorId,
      approverId: series.approverId,
      approvedAtMs: series.approvedAtMs,
      seriesId: series.id,
      sendAtMs,
      // Before its hour, or it would pass for one that goes out as soon as it is approved.
      createdAtMs: Math.min(series.createdAtMs, sendAtMs - 1),
      state: 'scheduled',
    }),
    ports.hash,
  );
  const run = await ports.runs.create({ ...made, approvedHash: made.contentHash });
  // Skipped or stopped while this was being made: whoever did so found no run to call off.
  const now = await ports.series.get(series.id);
  const isWanted = now?.state === 'active' || now?.state === 'ended';
  if (now && isWanted && occurrenceAt(now, ruleMs) !== null) return true;
  if (run.state === 'scheduled') await ports.runs.update(run.id, run.rev, { state: 'cancelled' });
  return false;
}
