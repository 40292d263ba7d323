import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import type { JournalEntry } from '#dev/sandbox/index.ts';
import { addTelegramGroups, messagesIn, orderBroadcast } from '#dev/world/broadcast.ts';
import { startProcess } from '#dev/world/process.ts';
import { setStage, type Stage } from '#dev/world/stage.ts';
import { changeRun } from '#src/main/commands/control.ts';
import { freshDatabaseUri, redisDatabase } from '#test/support/services.ts';

const GROUPS = 240;
const A_SECOND_MS = 1_000;
const START_MS = 30_000;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const toGroup = (entry: JournalEntry): boolean =>
  entry.method === 'sendMessage' && entry.ok && (entry.chatId ?? '').startsWith('-');

/** When the platform last saw a message of the broadcast. */
const lastAtMs = ({ sandbox }: Stage): number => sandbox.journal.entries(toGroup).at(-1)?.realAtMs ?? 0;

const nowMs = (): number => performance.timeOrigin + performance.now();

it('two workers on one run stop within a second of a pause, go on within a second of a resume, stop for good at a cancel, and both records agree', async () => {
  const stage = await setStage({
    mongodbUri: freshDatabaseUri(),
    redisUrl: redisDatabase(34),
  });
  closing.push(() => stage.close());
  const { journal } = stage.sandbox;
  const groups = await addTelegramGroups(stage, GROUPS);
  for (let n = 0; n < 2; n += 1) {
    const worker = startProcess('worker', stage.environment);
    closing.push(() => worker.kill());
  }
  const runId = await orderBroadcast(stage);
  const [approver] = await stage.runtime.core.store.staff.withRole('approver');
  const steer = (action: 'pause' | 'resume' | 'cancel') =>
    changeRun(stage.runtime.core, runId, action, { by: approver?.id ?? '', reason: 'test' });
  await journal.waitFor(toGroup, { count: 40, timeoutMs: START_MS });

  const pausedAtMs = nowMs();
  expect(await steer('pause')).toMatchObject({ ok: true });
  await delay(3 * A_SECOND_MS);
  expect(lastAtMs(stage) - pausedAtMs).toBeLessThan(A_SECOND_MS);
  const whenPaused = journal.count(toGroup);
  expect(whenPaused).toBeLessThan(GROUPS);

  const resumedAtMs = nowMs();
  expect(await steer('resume')).toMatchObject({ ok: true });
  const first = (await journal.waitFor(toGroup, { count: whenPaused + 1 })).at(-1);
  expect((first?.realAtMs ?? 0) - resumedAtMs).toBeLessThan(A_SECOND_MS);
  await journal.waitFor(toGroup, { count: whenPaused + 30 });

  const cancelledAtMs = nowMs();
  expect(await steer('cancel')).toMatchObject({ ok: true });
  await delay(3 * A_SECOND_MS);
  expect(lastAtMs(stage) - cancelledAtMs).toBeLessThan(A_SECOND_MS);

  const counts = await stage.runtime.core.store.deliveries.counts(runId);
  const arrived = groups.map((group) => messagesIn(stage, group));
  expect(Math.max(...arrived)).toBe(1);
  expect(counts).toMatchObject({ sent: journal.count(toGroup), pending: 0, sending: 0, unknown: 0 });
  expect(counts.sent + counts.cancelled).toBe(GROUPS);
});
