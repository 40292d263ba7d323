import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FAST_LIMITS, FAST_RULES } from '#dev/bench/fast.ts';
import type { WorkerChange } from '#dev/bench/worker-child.ts';
import type { JournalEntry, SandboxOptions } from '#dev/sandbox/index.ts';
import { addTelegramGroups, orderBroadcast, untilDone } from '#dev/world/broadcast.ts';
import { type LiveProcess, startProcess, startScript } from '#dev/world/process.ts';
import { runOutLeases, setStage, type Stage } from '#dev/world/stage.ts';
import { expectSameRecords, groupsOf, reached } from '#test/support/both-records.ts';
import { freshDatabaseUri, redisDatabase } from '#test/support/services.ts';

/** Jitter of a busy machine must not end in refusals, after which nothing is under way for a second. */
const CALM = { perBot: { limit: 90, windowMs: 1_000 } };
/** Whatever was on its way to the platform when a process froze has arrived by then. */
const ARRIVED_MS = 120;
const AIM_MS = 60_000;
const RECOVERED_MS = 90_000;

const toGroup = (entry: JournalEntry): boolean =>
  entry.method === 'sendMessage' && entry.ok && (entry.chatId ?? '').startsWith('-');

async function stageOn(database: number, telegram: NonNullable<SandboxOptions['telegram']>) {
  return setStage({
    mongodbUri: freshDatabaseUri(),
    redisUrl: redisDatabase(database),
    sandbox: { telegram },
  });
}

/** Holds the process at one moment after the other until it stands where it is to be killed, and kills it there. */
async function killWhen(worker: LiveProcess, isThere: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + AIM_MS;
  for (;;) {
    process.kill(worker.pid, 'SIGSTOP');
    await delay(ARRIVED_MS);
    if (await isThere()) break;
    if (performance.now() > deadline) throw new Error('the worker never stood there');
    process.kill(worker.pid, 'SIGCONT');
    await delay(20 + Math.random() * 40);
  }
  await worker.kill();
}

async function goOn(stage: Stage, runId: string, start: () => LiveProcess): Promise<void> {
  await runOutLeases(stage);
  const worker = start();
  try {
    await untilDone(stage, runId, RECOVERED_MS);
  } finally {
    await worker.kill();
  }
}

describe.concurrent('a worker under kill -9', () => {
  it('after the claim, before the call: that one message is unknown and not sent again, all others arrive once', async () => {
    const stage = await stageOn(35, { rules: CALM });
    try {
      const groups = await addTelegramGroups(stage, 60);
      const start = () => startProcess('worker', stage.environment);
      const worker = start();
      const runId = await orderBroadcast(stage);
      const { deliveries } = stage.runtime.core.store;
      await stage.sandbox.journal.waitFor(toGroup, { count: 5, timeoutMs: AIM_MS });
      let claimed: readonly string[] = [];
      const notCalled = () => claimed.filter((id) => !reached(stage, groups).includes(id));
      await killWhen(worker, async () => {
        claimed = groupsOf(await deliveries.ofRun(runId, 'sending', groups.length));
        return notCalled().length > 0;
      });
      await goOn(stage, runId, start);
      await expectSameRecords(stage, runId, groups, claimed);
    } finally {
      await stage.close();
    }
  });

  it('after the send, before the ledger knows: what arrived is unknown and is not sent again', async () => {
    // The platform carries out a call and keeps its answer on the way for half a second.
    const stage = await stageOn(36, { rules: { ...CALM, roundTripMs: 1_000 } });
    try {
      const groups = await addTelegramGroups(stage, 60);
      const start = () => startProcess('worker', stage.environment);
      const worker = start();
      const runId = await orderBroadcast(stage);
      const { deliveries } = stage.runtime.core.store;
      await stage.sandbox.journal.waitFor(toGroup, { count: 8, timeoutMs: AIM_MS });
      await worker.kill();
      const claimed = groupsOf(await deliveries.ofRun(runId, 'sending', groups.length));
      // Calls that were half way there are carried out although nobody waits for them.
      await delay(700);
      const arrived = reached(stage, groups).filter((id) => claimed.includes(id));
      expect(arrived.length).toBeGreaterThan(0);
      await goOn(stage, runId, start);
      await expectSameRecords(stage, runId, groups, claimed);
    } finally {
      await stage.close();
    }
  });

  it('during fan-out: the rest of the rows is made, none twice, and every group gets the post once', async () => {
    const stage = await stageOn(37, { rules: FAST_RULES });
    try {
      const groups = await addTelegramGroups(stage, 600);
      const change: WorkerChange = { limits: FAST_LIMITS };
      const environment = { ...stage.environment, BENCH_WORKER: JSON.stringify(change) };
      const script = fileURLToPath(new URL('../../dev/bench/worker-child.ts', import.meta.url));
      const start = () => startScript(script, environment);
      const runId = await orderBroadcast(stage);
      const worker = start();
      const { deliveries } = stage.runtime.core.store;
      const rowsMade = async () => {
        const counts = await deliveries.counts(runId);
        return counts.pending + counts.sending + counts.sent;
      };
      while ((await rowsMade()) === 0) await delay(5);
      process.kill(worker.pid, 'SIGSTOP');
      expect(await rowsMade()).toBeLessThan(groups.length);
      await delay(ARRIVED_MS);
      const claimed = groupsOf(await deliveries.ofRun(runId, 'sending', groups.length));
      await worker.kill();
      await goOn(stage, runId, start);
      await expectSameRecords(stage, runId, groups, claimed);
    } finally {
      await stage.close();
    }
  });
});
