import { setTimeout as delay } from 'node:timers/promises';
import type { RunCounts } from '#src/domain/run.ts';
import type { Platform } from './platform.ts';
import type { Ward } from './ward.ts';

const LOOK_EVERY_MS = 250;
const GREETED_IN_MS = 120_000;

/** Resolves when every row of the run has come to an end. @throws when that takes longer than `timeoutMs` */
export async function untilSettled(ward: Ward, runId: string, timeoutMs: number): Promise<RunCounts> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const run = await ward.runtime.core.store.runs.get(runId);
    if (run !== null && run.startedAtMs !== null) {
      const counts = await ward.counts(runId);
      if (counts.pending + counts.sending === 0) return counts;
    }
    if (performance.now() > deadline) throw new Error(`run ${runId} was not through in ${timeoutMs} ms`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Resolves when the bot has written to each of these for the first time. */
export async function untilGreeted(platform: Platform, people: readonly number[]): Promise<void> {
  const deadline = performance.now() + GREETED_IN_MS;
  for (;;) {
    const { missing } = await platform.record(people);
    if (missing === 0) return;
    if (performance.now() > deadline) throw new Error('the bot did not greet everybody');
    await delay(LOOK_EVERY_MS);
  }
}
