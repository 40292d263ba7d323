import { setTimeout as delay } from 'node:timers/promises';
import type { JournalEntry } from '#dev/sandbox/index.ts';
import { addTelegramGroups, messagesIn, orderBroadcast, untilDone } from '#dev/world/broadcast.ts';
import { startProcess } from '#dev/world/process.ts';
import { runOutLeases, setStage, type Stage } from '#dev/world/stage.ts';

export interface KillOptions {
  readonly mongodbUri: string;
  /** With a database number that nobody else uses. */
  readonly redisUrl: string;
  readonly chats: number;
  /** The dead worker's leases run out as time is told to the ledger; else they are waited for, a minute, as in life. */
  readonly areLeasesCutShort?: true;
}

/** What one broadcast came to whose worker was killed once and started again. */
export interface KillFigures {
  readonly chats: number;
  /** Calls that the platform had carried out when the worker was killed. */
  readonly killedAfterCalls: number;
  /** Rows `sending` at the kill: the calls that were in flight, as the ledger has it. */
  readonly inFlight: number;
  /** Calls that had reached the platform and were carried out only after the kill. */
  readonly carriedOutAfterKill: number;
  readonly unknown: number;
  /** Chats by the number of messages in them. */
  readonly withOne: number;
  readonly withTwoOrMore: number;
  /** Chats without a message whose row is not `unknown` either: lost. */
  readonly lost: number;
  readonly recoveredAfterMs: number;
}

/** Keeps several calls under way at any moment, and delivers what a dead worker had asked for. */
const PLATFORM_DELAY_MS = 150;
const FIRST_CALL_TIMEOUT_MS = 60_000;
const DONE_TIMEOUT_MS = 180_000;
/** Not those to the author, who hears how far it is. */
const toGroup = (entry: JournalEntry): boolean =>
  entry.method === 'sendMessage' && entry.ok && (entry.chatId ?? '').startsWith('-');

/** One broadcast, `kill -9` of its worker at a random moment, a new worker, and a look at every chat. */
export async function runKill(options: KillOptions): Promise<KillFigures> {
  // Jitter of a busy machine must not end in refusals, after which nothing is under way for a second.
  const rules = { perBot: { limit: 60, windowMs: 1_000 } };
  const stage = await setStage({ ...options, sandbox: { telegram: { rules } } });
  stage.sandbox.faults.add({
    platform: 'telegram',
    method: 'sendMessage',
    times: Number.MAX_SAFE_INTEGER,
    action: { kind: 'delay', ms: PLATFORM_DELAY_MS },
  });
  const groups = await addTelegramGroups(stage, options.chats);
  let worker = startProcess('worker', stage.environment);
  try {
    const runId = await orderBroadcast(stage);
    await untilRandomMoment(stage, options.chats);
    await worker.kill();
    const { journal } = stage.sandbox;
    const killedAfterCalls = journal.count(toGroup);
    const { deliveries } = stage.runtime.core.store;
    const inFlight = (await deliveries.counts(runId)).sending;
    await delay(2 * PLATFORM_DELAY_MS);
    const carriedOutAfterKill = journal.count(toGroup) - killedAfterCalls;
    const killedAtMs = performance.now();
    if (options.areLeasesCutShort) await runOutLeases(stage);
    worker = startProcess('worker', stage.environment);
    await untilDone(stage, runId, DONE_TIMEOUT_MS);
    const unknown = await deliveries.ofRun(runId, 'unknown', options.chats);
    const unknownTo = new Set(
      unknown.map((row) => (row.target.kind === 'destination' ? row.target.destinationId : '')),
    );
    const counted = groups.map((group) => ({ group, messages: messagesIn(stage, group) }));
    return {
      chats: options.chats,
      killedAfterCalls,
      inFlight,
      carriedOutAfterKill,
      unknown: unknown.length,
      withOne: counted.filter(({ messages }) => messages === 1).length,
      withTwoOrMore: counted.filter(({ messages }) => messages > 1).length,
      lost: counted.filter(({ group, messages }) => messages === 0 && !unknownTo.has(group.id)).length,
      recoveredAfterMs: Math.round(performance.now() - killedAtMs),
    };
  } finally {
    await worker.kill();
    await stage.close();
  }
}

async function untilRandomMoment({ sandbox }: Stage, chats: number): Promise<void> {
  const calls = 1 + Math.floor(Math.random() * (chats - 1));
  await sandbox.journal.waitFor(toGroup, { count: calls, timeoutMs: FIRST_CALL_TIMEOUT_MS });
  await delay(Math.random() * 40);
}
