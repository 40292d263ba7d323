import { mayBeCorrected, mayHaveGot, messagesOf } from '#src/domain/broadcast/correction.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import type { Destination } from '#src/domain/destination.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { wakeLane } from '../send/notify.ts';
import { rowFor } from './fan-out.ts';
import { lineageOf } from './lineage.ts';
import { closeProgress } from './progress.ts';
import { MAX_TRIES, type BroadcastPorts } from './ports.ts';
import { createScriptRows } from './script-rows.ts';

const BATCH = 500;

/**
 * One row for each chat that got the original or may have: exactly those, whatever was added, left or refused it. Where
 * its messages stand on Telegram they are edited; everywhere else the right text is posted. First what was wrong is
 * stopped: null while some of it is under way, then the next call makes the rows. Safe to run twice.
 */
export async function fanOutCorrection(
  ports: BroadcastPorts,
  run: BroadcastRun,
  plan: Plan,
): Promise<number | null> {
  const lineage = await lineageOf(ports, run);
  const [root] = lineage;
  if (!root) {
    // No use case leads here. Thrown, it would hold up every other run.
    ports.log.error({ run: run.id }, 'correction of a run that does not exist');
    return 0;
  }
  for (const wrong of lineage) await supersede(ports, wrong.id, run);
  for (const wrong of lineage) {
    if ((await ports.deliveries.counts(wrong.id)).sending > 0) return null;
  }
  const corrections = lineage.slice(1).toReversed();
  const scriptRows = createScriptRows(ports, run, plan);
  const rowsFor = async (row: Delivery): Promise<readonly Delivery[]> => {
    // The right text is read on as many days as the law asks for, from the next slot on.
    const loudspeaker = row.rendering === 'loudspeaker' ? await destinationOf(ports, row) : null;
    return loudspeaker ? scriptRows(loudspeaker) : [await correctionRow(ports, run, corrections, row)];
  };
  let added = 0;
  for await (const page of pagesOf(ports, root.id)) {
    const got = page.filter(mayHaveGot);
    const rows = (await Promise.all(got.map(rowsFor))).flat();
    added += await ports.deliveries.insert(rows);
    for (const platform of new Set(rows.map((row) => row.platform))) {
      await wakeLane(ports, platform, 'broadcast');
    }
  }
  return added;
}

/** All rows of a run, in pages: memory does not grow with their number. */
export async function* pagesOf(
  ports: Pick<BroadcastPorts, 'deliveries'>,
  runId: string,
): AsyncGenerator<readonly Delivery[]> {
  for (let after = ''; ;) {
    const page = await ports.deliveries.pageOfRun(runId, after, BATCH);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < BATCH) return;
    after = last.id;
  }
}

/** What was wrong goes nowhere any more: the state first, so that senders notice; then the rows that were not called. */
async function supersede(ports: BroadcastPorts, wrongId: string, correction: BroadcastRun): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    if (attempt >= MAX_TRIES) throw new Error(`run ${wrongId} keeps changing`);
    const wrong = await ports.runs.get(wrongId);
    if (!wrong) throw new Error(`run ${wrongId} vanished`);
    if (wrong.state === 'corrected' && wrong.correctedBy !== null) break;
    if (wrong.state !== 'corrected' && !mayBeCorrected(wrong)) break;
    const change = {
      state: 'corrected',
      correctedBy: wrong.correctedBy ?? correction.id,
      finishedAtMs: wrong.finishedAtMs ?? ports.clock.nowMs(),
    } as const;
    if ((await ports.runs.update(wrong.id, wrong.rev, change)) === 'saved') break;
  }
  await ports.deliveries.cancelRun(wrongId);
  const wrong = await ports.runs.get(wrongId);
  if (wrong) await closeProgress(ports, wrong, await ports.deliveries.counts(wrongId));
}

async function destinationOf(ports: BroadcastPorts, { target }: Delivery): Promise<Destination | null> {
  return target.kind === 'destination' ? ports.destinations.get(target.destinationId) : null;
}

async function correctionRow(
  ports: BroadcastPorts,
  run: BroadcastRun,
  corrections: readonly BroadcastRun[],
  original: Delivery,
): Promise<Delivery> {
  if (original.target.kind !== 'destination') throw new Error(`${original.id} goes to no destination`);
  const { destinationId } = original.target;
  const destination = await ports.destinations.get(destinationId);
  if (!destination) return asMissing(run, original, destinationId);
  const row = { ...rowFor(ports, run, destination), rendering: original.rendering ?? destination.kind };
  if (row.rendering !== 'telegram' || row.platform !== 'telegram') return row;
  const standing = await standingMessages(ports, corrections, original, destinationId);
  const edits = messagesOf(standing);
  // Under the same ids another chat, such as the supergroup that the group became, has other messages.
  const isThere = standing.sentTo === destination.chat.chatId;
  return edits.length > 0 && isThere ? { ...row, edits, sentTo: standing.sentTo } : row;
}

/** The newest row whose messages the chat can see: an earlier correction may have been posted anew. */
async function standingMessages(
  ports: BroadcastPorts,
  corrections: readonly BroadcastRun[],
  original: Delivery,
  destinationId: string,
): Promise<Delivery> {
  for (const earlier of corrections) {
    const row = await ports.deliveries.get(`${earlier.id}.${destinationId}`);
    if (row && mayHaveGot(row)) return row;
  }
  return original;
}

/** The ledger shows that nobody is there any more. */
function asMissing(run: BroadcastRun, original: Delivery, destinationId: string): Delivery {
  const { lane, platform, target, rendering } = original;
  return {
    id: `${run.id}.${destinationId}`,
    lane,
    platform,
    target,
    runId: run.id,
    ...(rendering === undefined ? {} : { rendering }),
    state: 'gone',
    dueAtMs: run.sendAtMs,
    sentParts: [],
    attempts: 0,
    detail: 'destination-missing',
  };
}
