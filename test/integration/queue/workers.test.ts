import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { z } from 'zod';
import { jobs } from '#jobs/index.ts';
import { defineJob } from '#src/queue/define-job.ts';
import { openCutLine } from './cut-line.ts';
import type { QueueBench } from './queue-bench.ts';
import { openBench } from './queue-bench.ts';

const redisUrl = inject('redisUrl');
let bench: QueueBench | null = null;

afterEach(async () => {
  await bench?.close();
  bench = null;
});

/** Adds as soon as the producer is connected. */
async function soon(work: () => Promise<void>): Promise<void> {
  await vi.waitFor(work, { timeout: 5_000 });
}

function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('the workers', () => {
  it('run each woken job with what it was woken for', async () => {
    const now = (bench = openBench({ redisUrl, jobs }));
    await soon(() => now.wake.lane('zalo', 'reply'));
    await now.wake.inbox('telegram:-1001');
    await now.wake.effects('zalo:77');
    await expect
      .poll(() => now.calls.toSorted(), { timeout: 5_000 })
      .toEqual(['effects zalo:77', 'inbox telegram:-1001', 'send zalo reply']);
  });

  it('keep exactly one wake-up for later, however many come while a lane is being sent', async () => {
    const first = gate();
    let runs = 0;
    const now = (bench = openBench({
      redisUrl,
      jobs,
      ports: {
        async sendDue() {
          runs += 1;
          if (runs === 1) await first.opened;
          return { nextInMs: null };
        },
      },
    }));
    await soon(() => now.wake.lane('telegram', 'broadcast'));
    await expect.poll(() => runs).toBe(1);
    for (let i = 0; i < 20; i += 1) await now.wake.lane('telegram', 'broadcast');
    first.open();
    await expect.poll(() => runs, { timeout: 5_000 }).toBe(2);
    await expect
      .poll(async () => {
        const counts = await now.queues.counts('send-telegram-broadcast');
        return (counts['wait'] ?? 0) + (counts['active'] ?? 0);
      })
      .toBe(0);
    expect(runs).toBe(2);
  });

  it('send on Telegram while Zalo hangs, and replies while a broadcast hangs', async () => {
    const never = gate();
    const done: string[] = [];
    const now = (bench = openBench({
      redisUrl,
      jobs,
      ports: {
        async sendDue(platform, lane) {
          if (platform === 'zalo' && lane === 'broadcast') await never.opened;
          done.push(`${platform} ${lane}`);
          return { nextInMs: null };
        },
      },
    }));
    await soon(() => now.wake.lane('zalo', 'broadcast'));
    await now.wake.lane('telegram', 'broadcast');
    await now.wake.lane('zalo', 'reply');
    await expect.poll(() => done.toSorted()).toEqual(['telegram broadcast', 'zalo reply']);
    never.open();
  });

  it('wake a lane again after the delay it asks for, without losing a wake-up that comes meanwhile', async () => {
    const at: number[] = [];
    const now = (bench = openBench({
      redisUrl,
      jobs,
      ports: {
        sendDue() {
          at.push(performance.now());
          return Promise.resolve({ nextInMs: at.length === 1 ? 1_500 : null });
        },
      },
    }));
    await soon(() => now.wake.lane('telegram', 'reply'));
    await expect.poll(() => at.length).toBe(1);
    await now.wake.lane('telegram', 'reply');
    await expect.poll(() => at.length, { timeout: 1_000 }).toBe(2);
    await expect.poll(() => at.length, { timeout: 5_000 }).toBe(3);
    expect((at[2] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(1_400);
  });

  it('run a lane again within a second or two when it broke, as often as it breaks, and whatever woke it meanwhile', async () => {
    const at: number[] = [];
    const now = (bench = openBench({
      redisUrl,
      jobs,
      ports: {
        sendDue() {
          at.push(performance.now());
          return at.length < 4
            ? Promise.reject(new Error('redis is away'))
            : Promise.resolve({ nextInMs: null });
        },
      },
    }));
    await soon(() => now.wake.lane('telegram', 'reply'));
    await expect.poll(() => at.length).toBe(1);
    await now.wake.lane('telegram', 'reply');
    await expect.poll(() => at.length, { timeout: 10_000 }).toBe(4);
    expect((at[3] ?? 0) - (at[0] ?? 0)).toBeLessThan(6_000);
  });

  it('abort a job whose time is over, give up one that does not listen, and go on', async () => {
    const aborted: boolean[] = [];
    const hanging = defineJob({
      name: 'hang',
      queue: 'hang',
      payload: z.object({ how: z.enum(['listens', 'deaf', 'fine']) }),
      jobId: ({ how }) => `hang-${how}`,
      attempts: 1,
      timeoutMs: 100,
      async run({ how }, ports, signal) {
        if (how === 'deaf') await new Promise(() => undefined);
        if (how === 'listens') {
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          aborted.push(signal.aborted);
        }
        if (how === 'fine') await ports.tickDuties(signal);
        return null;
      },
    });
    const now = (bench = openBench({ redisUrl, jobs: [hanging] }));
    await soon(() => now.queues.add(hanging, hanging.place({ how: 'listens' })));
    await now.queues.add(hanging, hanging.place({ how: 'deaf' }));
    await now.queues.add(hanging, hanging.place({ how: 'fine' }));
    await expect.poll(() => now.calls, { timeout: 10_000 }).toEqual(['tick']);
    expect(aborted).toEqual([true]);
    expect(now.log.lines.filter((line) => line.message === 'job failed').map((line) => line.fields)).toEqual([
      { queue: 'hang', job: 'hang', code: 'JobTimeout' },
      { queue: 'hang', job: 'hang', code: 'JobTimeout' },
    ]);
  });

  it('leave a job of an unknown name alone, refuse a payload that does not fit, and go on', async () => {
    const now = (bench = openBench({ redisUrl, jobs }));
    const [inbox] = jobs.filter((job) => job.name === 'handle-inbox');
    if (!inbox) throw new Error('no inbox job');
    const placement = { queue: 'inbox', jobId: 'odd', data: {} };
    await soon(() => now.queues.add(inbox, { ...placement, name: 'of-last-year' }));
    await now.queues.add(inbox, { ...placement, jobId: 'odd-2', name: 'handle-inbox' });
    await now.wake.inbox('zalo:1');
    await expect.poll(() => now.calls, { timeout: 5_000 }).toEqual(['inbox zalo:1']);
    const said = now.log.lines.map((line) => `${line.level} ${line.message} ${String(line.fields['job'])}`);
    expect(said).toContain('warn unknown job left alone of-last-year');
    expect(said).toContain('error job failed handle-inbox');
  });

  it('take over the job of a worker that died with it, and what was asked of it meanwhile', async () => {
    const line = await openCutLine(redisUrl);
    const started = gate();
    const dying = openBench({
      redisUrl: line.url,
      jobs,
      stalledAfterMs: 1_000,
      ports: {
        sendDue: () => {
          started.open();
          return new Promise(() => undefined);
        },
      },
    });
    await soon(() => dying.wake.lane('telegram', 'reply'));
    await started.opened;
    await line.cut();

    const now = (bench = openBench({ redisUrl, jobs, prefix: dying.prefix, stalledAfterMs: 1_000 }));
    await soon(() => now.wake.lane('telegram', 'reply'));
    await expect
      .poll(() => now.calls, { timeout: 15_000 })
      .toEqual(['send telegram reply', 'send telegram reply']);
    await dying.workers.close(100);
    await dying.queues.close();
  });

  it('are gone at the deadline although a job hangs', async () => {
    const now = openBench({
      redisUrl,
      jobs,
      ports: { tickDuties: () => new Promise(() => undefined), sendDue: () => new Promise(() => undefined) },
    });
    await soon(() => now.wake.lane('telegram', 'reply'));
    await expect.poll(async () => (await now.queues.counts('send-telegram-reply'))['active']).toBe(1);
    const startMs = performance.now();
    await now.workers.close(400);
    expect(performance.now() - startMs).toBeLessThan(2_000);
    await now.queues.close();
  });
});
