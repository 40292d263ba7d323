import type { RunCounts } from '#src/domain/run.ts';
import type { Core } from '../core.ts';
import { type CommandAnswer, failed, table } from './output.ts';
import { isoAtWard, minuteAtWard } from './ward-time.ts';

const MEANING: Readonly<Record<keyof RunCounts, string>> = {
  pending: 'waits for its turn',
  sending: 'on its way just now',
  sent: 'taken by the platform',
  unknown: 'nobody knows whether it arrived: the author is asked',
  gone: 'nobody there any more: left, blocked, closed',
  rejected: 'refused by the platform',
  cancelled: 'taken back before it went out',
  relayed: 'forwarded, as the heads say',
  readAloud: 'scripts read aloud, as the operator or an editor says',
  toRead: 'scripts of days to come',
  handedOver: 'scripts handed over; less those read aloud, nobody has said so',
};

/**
 * What came of a run. JSON: `{ok: true, run, state, title, sendAt, startedAt, finishedAt, corrects, reason,
 * correctedBy: {run, by, approvedBy, at, reason} or null, pending, sending, sent,
 * unknown, gone, rejected, cancelled, relayed, readAloud, toRead, handedOver}`: a `RunState`, instants in ISO 8601 at +07:00 or null, and
 * counts of recipients. `relayed` and `readAloud` are self-reported and are of those that were sent. Failed with the
 * reason `unknown-run`.
 */
export async function showRun(core: Core, runId: string): Promise<CommandAnswer> {
  const run = await core.store.runs.get(runId);
  if (!run) return failed('unknown-run', `there is no run ${runId}`);
  const correction = run.correctedBy === null ? null : await core.store.runs.get(run.correctedBy);
  const counts = await core.store.deliveries.counts(runId);
  const iso = (atMs: number | null): string | null => (atMs === null ? null : isoAtWard(atMs));
  const when = (name: string, atMs: number | null): readonly string[][] =>
    atMs === null ? [] : [[name, minuteAtWard(atMs)]];
  return {
    ok: true,
    json: {
      ok: true,
      run: run.id,
      state: run.state,
      title: run.title,
      sendAt: iso(run.sendAtMs),
      startedAt: iso(run.startedAtMs),
      finishedAt: iso(run.finishedAtMs),
      corrects: run.corrects,
      reason: run.reason,
      correctedBy: correction && {
        run: correction.id,
        by: correction.authorId,
        approvedBy: correction.approverId,
        at: iso(correction.startedAtMs),
        reason: correction.reason,
      },
      ...counts,
    },
    lines: [
      ...table([
        ['run', run.id],
        ['title', run.title],
        ['state', run.state],
        ...when('goes out', run.sendAtMs),
        ...when('began', run.startedAtMs),
        ...when('ended', run.finishedAtMs),
        ...(run.corrects === null ? [] : [['corrects', run.corrects]]),
        ...(run.reason === null ? [] : [['reason', run.reason]]),
        ...(correction
          ? [
              ['corrected by', correction.id],
              ...when('corrected', correction.startedAtMs),
              ['written by', correction.authorId],
              ['approved by', correction.approverId ?? ''],
              ['because', correction.reason ?? ''],
            ]
          : []),
      ]),
      '',
      ...table(countRows(counts)),
    ],
  };
}

function countRows(counts: RunCounts): readonly (readonly string[])[] {
  const names = Object.keys(MEANING) as (keyof RunCounts)[];
  return names.map((name) => [`  ${name}`, String(counts[name]), MEANING[name]]);
}
