import { Redis } from 'ioredis';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { jobs } from '#jobs/index.ts';
import type { PutBack } from '#src/queue/put-back.ts';
import { createPutBack } from '#src/queue/put-back.ts';
import type { CutLine } from './cut-line.ts';
import { openCutLine } from './cut-line.ts';
import type { QueueBench } from './queue-bench.ts';
import { openBench } from './queue-bench.ts';

/** A database of our own in the shared Redis: what is flushed here is nobody else's. */
const redisUrl = new URL('/9', inject('redisUrl')).toString();
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function benchAndPutBack(
  url: string,
  waiting: { lanes?: boolean; inbox?: () => Promise<readonly string[]> } = {},
): { bench: QueueBench; putBack: PutBack } {
  const bench = openBench({ redisUrl: url, jobs });
  closers.push(() => bench.close());
  const putBack = createPutBack({
    jobs,
    queues: bench.queues,
    wake: bench.wake,
    deliveries: {
      waiting: () => Promise.resolve(waiting.lanes ? [{ platform: 'zalo', lane: 'reminder' }] : []),
      recover: () => Promise.resolve({ returned: 0, unknown: 0 }),
    },
    inbox: { waitingChats: waiting.inbox ?? (() => Promise.resolve([])) },
    conversations: { waitingEffects: () => Promise.resolve(waiting.lanes ? ['zalo:5'] : []) },
    clock: { nowMs: () => 0 },
    log: bench.log,
    everyMs: 200,
  });
  closers.push(() => putBack.stop());
  return { bench, putBack };
}

async function cutLine(start: 'mended' | 'cut' = 'mended'): Promise<CutLine> {
  const line = await openCutLine(redisUrl, start);
  closers.push(() => line.close());
  return line;
}

const ticks = (bench: QueueBench): number => bench.calls.filter((call) => call === 'tick').length;

describe('the putting-back timer', () => {
  it('makes the schedules tick again within 30 s of a flush, and wakes what waits', async () => {
    const { bench, putBack } = benchAndPutBack(redisUrl, { lanes: true });
    putBack.start();
    await expect.poll(() => ticks(bench), { timeout: 10_000 }).toBeGreaterThan(0);

    const admin = new Redis(redisUrl);
    closers.push(() => admin.disconnect());
    await admin.flushdb();
    bench.calls.length = 0;

    await expect.poll(() => ticks(bench), { timeout: 30_000 }).toBeGreaterThan(0);
    await expect.poll(() => bench.calls).toContain('advance');
    await expect.poll(() => bench.calls).toContain('send zalo reminder');
    await expect.poll(() => bench.calls).toContain('effects zalo:5');
  });

  it('does not disturb a living schedule, however often it looks', async () => {
    const { bench, putBack } = benchAndPutBack(redisUrl);
    await vi.waitFor(async () => {
      await putBack.runOnce();
      expect(ticks(bench)).toBe(1);
    });
    for (let i = 0; i < 10; i += 1) await putBack.runOnce();
    expect((await bench.queues.counts('duties'))['delayed']).toBe(1);
    expect(ticks(bench)).toBe(1);
  });

  it('never throws without Redis, adding fails at once, and all goes on when Redis is back', async () => {
    const line = await cutLine();
    const { bench, putBack } = benchAndPutBack(line.url, { lanes: true });
    await vi.waitFor(() => bench.wake.inbox('zalo:1'), { timeout: 5_000 });
    await expect.poll(() => bench.calls).toContain('inbox zalo:1');

    await line.cut();
    const startMs = performance.now();
    await expect(bench.wake.inbox('zalo:2')).rejects.toThrow();
    await putBack.runOnce();
    expect(performance.now() - startMs).toBeLessThan(5_000);

    await line.mend();
    putBack.start();
    await expect.poll(() => bench.calls, { timeout: 20_000 }).toContain('send zalo reminder');
    await expect.poll(() => ticks(bench), { timeout: 20_000 }).toBeGreaterThan(0);
    await vi.waitFor(() => bench.wake.inbox('zalo:3'), { timeout: 10_000 });
    await expect.poll(() => bench.calls, { timeout: 10_000 }).toContain('inbox zalo:3');
  });

  it('starts before Redis does', async () => {
    const line = await cutLine('cut');
    const { bench, putBack } = benchAndPutBack(line.url);
    putBack.start();
    await expect(bench.wake.inbox('zalo:1')).rejects.toThrow();
    await line.mend();
    await expect.poll(() => ticks(bench), { timeout: 20_000 }).toBeGreaterThan(0);
  });

  it('restores the rest when one store is away, and says so with a code alone', async () => {
    const { bench, putBack } = benchAndPutBack(redisUrl, {
      lanes: true,
      inbox: () => Promise.reject(new Error('mongodb://user:secret@host is away')),
    });
    await vi.waitFor(
      async () => {
        await putBack.runOnce();
        expect(bench.calls).toContain('send zalo reminder');
      },
      { timeout: 5_000 },
    );
    expect(bench.log.lines.some((line) => line.fields['kind'] === 'inbox')).toBe(true);
    expect(JSON.stringify(bench.log.lines)).not.toContain('secret');
  });
});
