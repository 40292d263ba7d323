import type { Choice } from '#src/domain/outbound.ts';
import { type BroadcastRun, type RunCounts, totalOf } from '#src/domain/run.ts';
import { notifyStaff } from '../send/notify.ts';
import { askUnknown } from './ask-unknown.ts';
import { rootOf } from './lineage.ts';
import { staffInCharge } from './in-charge.ts';
import { coverageLines } from './coverage-lines.ts';
import type { BroadcastPorts } from './ports.ts';
import { closeProgress } from './progress.ts';

/**
 * Closes a run when no row is waiting or under way but scripts of days to come: summary to the author, and a question for each row of which nobody
 * knows whether it arrived. Safe to run twice. Answers whether the run is closed now.
 */
export async function finishRun(
  ports: BroadcastPorts,
  run: BroadcastRun,
  counts: RunCounts,
): Promise<boolean> {
  if (run.state !== 'sending' || run.startedAtMs === null || counts.pending + counts.sending > 0)
    return false;
  // The messages go first: closed without them, nobody would come back to write them.
  await summarise(ports, run, counts);
  await askUnknown(ports, run);
  await closeProgress(ports, run, counts);
  const change = { state: 'done', finishedAtMs: ports.clock.nowMs() } as const;
  if ((await ports.runs.update(run.id, run.rev, change)) === 'conflict') return false;
  ports.log.info({ run: run.id, sent: counts.sent, unknown: counts.unknown }, 'run done');
  return true;
}

async function summarise(ports: BroadcastPorts, run: BroadcastRun, counts: RunCounts): Promise<void> {
  const author = await staffInCharge(ports, run);
  if (!author) return;
  const failed = counts.gone + counts.rejected;
  const { handedOver, readAloud, toRead } = counts;
  const hasScripts = handedOver + toRead > 0;
  const scripts = { readAloud, silent: Math.max(0, handedOver - readAloud), toRead };
  const lines = [
    ports.texts.render({
      key: 'broadcast.summary.sent',
      params: { title: run.title, sent: counts.sent, total: totalOf(counts) },
    }),
    ...(failed > 0 ? [ports.texts.render({ key: 'broadcast.summary.failed', params: { failed } })] : []),
    ...(counts.unknown > 0
      ? [ports.texts.render({ key: 'broadcast.summary.unknown', params: { unknown: counts.unknown } })]
      : []),
    ...(await leftOut(ports, run)),
    ...(await coverageLines(ports, run)),
    ports.texts.render({
      key: 'broadcast.summary.reported',
      params: { relayed: counts.relayed },
    }),
    ...(hasScripts ? [ports.texts.render({ key: 'broadcast.summary.loudspeaker', params: scripts })] : []),
  ];
  await notifyStaff(ports, {
    // A run that somebody sent parts of again is summed up again.
    id: `${run.id}.done.${String(run.rev)}`,
    staff: author,
    text: { key: 'broadcast.summary.whole', params: { lines: lines.join('\n') } },
    prompt: {
      id: `${run.id}.done.${String(run.rev)}`,
      subject: { kind: 'run', runId: run.id },
      choices: endChoices(ports, hasScripts),
    },
    lane: 'reminder',
    dueAtMs: ports.clock.nowMs(),
  });
}

/** Chats that had not got the original when its correction stopped it. */
async function leftOut(ports: BroadcastPorts, run: BroadcastRun): Promise<readonly string[]> {
  if (run.kind !== 'correction') return [];
  const root = await rootOf(ports, run);
  const left = root ? (await ports.deliveries.counts(root.id)).cancelled : 0;
  return left > 0 ? [ports.texts.render({ key: 'broadcast.summary.left', params: { left } })] : [];
}

/** What may still be done: a correction; who got what; for the loudspeaker, what the operator says by telephone, and to stop. */
function endChoices(ports: BroadcastPorts, hasScripts: boolean): readonly Choice[] {
  const choice = (number: string, value: string, key: string): Choice => ({
    number,
    value,
    label: ports.texts.render({ key }),
  });
  return [
    choice('1', 'correct', 'broadcast.correction.choice'),
    choice('2', 'coverage', 'coverage.choice'),
    ...(hasScripts
      ? [
          choice('3', 'scripts', 'broadcast.loudspeaker.noteChoice'),
          choice('0', 'cancel', 'broadcast.loudspeaker.stopChoice'),
        ]
      : []),
  ];
}
