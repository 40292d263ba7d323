import { beforeEach, describe, expect, it } from 'vitest';
import { askSilentHeads } from '#src/app/broadcast/ask-silent-heads.ts';
import { monthCoverage } from '#src/app/broadcast/month-coverage.ts';
import { type CoverageRow, standing } from '#src/domain/broadcast/coverage.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import { newRun } from '#src/domain/run.ts';
import { plan } from '#test/support/conversation.ts';
import { type AppWorld, createAppWorld } from '../app/app-world.ts';

const rendering = { parts: [] };
const runOf = (id: string, startedOn: string, topicId = 'TT-01') =>
  newRun({
    ...{ id, topicId, postId: null, title: 'Bài một', body: 'Bài', photoId: null, contentHash: 'h' },
    renderings: { telegram: rendering, zalo: rendering, relay: rendering, loudspeaker: rendering },
    ...{ authorId: 's1', sendAtMs: 0, state: 'done', createdAtMs: 0, startedOn },
  });
const row = (over: Partial<Delivery>): Delivery => ({
  ...{ id: 'd', lane: 'broadcast', platform: 'telegram', runId: 'R1', rendering: 'telegram', state: 'sent' },
  ...{ target: { kind: 'destination', destinationId: 'x' }, dueAtMs: 0, sentParts: [], attempts: 1 },
  ...over,
});

let world: AppWorld;
beforeEach(async () => {
  world = await createAppWorld();
});

describe('the coverage of one run', () => {
  const counted = (over: Partial<CoverageRow>): CoverageRow => ({
    ...{ runId: 'R', rendering: 'telegram', neighbourhood: 'khu-1', rows: 1, sent: 1 },
    ...{ relayed: 0, readAloud: 0, said: 0 },
    ...over,
  });

  it('takes a head’s word for what their neighbours got, and not the copy that the head got', () => {
    const rows = [
      counted({ neighbourhood: 'khu-1' }),
      counted({ neighbourhood: 'khu-2', rendering: 'relay' }),
      counted({ neighbourhood: 'khu-3', rendering: 'relay', relayed: 1 }),
      counted({ neighbourhood: 'khu-4', sent: 0 }),
      counted({ neighbourhood: null }),
      counted({ neighbourhood: 'khu-6', rendering: 'loudspeaker', readAloud: 1 }),
    ];
    const ids = ['khu-1', 'khu-2', 'khu-3', 'khu-4', 'khu-5', 'khu-6'];
    expect(standing(ids, rows).map(({ reached }) => reached)).toEqual([
      ...['reached', 'asked', 'reached', 'missing', 'missing', 'reached'],
    ]);
  });
});

describe('the coverage of a month', () => {
  it('counts runs by topic, neighbourhood and channel, and names the topics that reached nobody', async () => {
    const { app } = world;
    await app.runs.create(runOf('R0', '2024-02-29'));
    await app.runs.create(runOf('R1', '2024-03-01'));
    await app.runs.create(runOf('R2', '2024-03-31'));
    await app.runs.create(runOf('R3', '2024-03-05', 'TT-02'));
    await app.deliveries.insert([
      row({ id: 'a', runId: 'R0' }),
      row({ id: 'b', neighbourhood: 'khu-3' }),
      row({ id: 'c', neighbourhood: 'khu-3' }),
      row({ id: 'd', runId: 'R2', neighbourhood: 'khu-3' }),
      row({ id: 'e', runId: 'R3', rendering: 'relay', neighbourhood: 'khu-3' }),
    ]);
    const coverage = await monthCoverage(app, plan, '2024-03');
    const nothing = { relayed: 0, readAloud: 0, said: 0 };
    expect(coverage.runs).toBe(3);
    expect(coverage.rows).toEqual([
      { topicId: 'TT-01', neighbourhood: 'khu-3', channel: 'telegram', sent: 2, ...nothing },
      { topicId: 'TT-02', neighbourhood: 'khu-3', channel: 'relay', sent: 1, ...nothing },
    ]);
    // A head got TT-02 and has not said that anybody else did.
    expect(coverage.unreached).toContain('TT-02');
    expect(coverage.unreached).not.toContain('TT-01');
    await app.deliveries.markReported('e', 'relayed', 5);
    expect((await monthCoverage(app, plan, '2024-03')).unreached).not.toContain('TT-02');
  });
});

describe('a head who says nothing', () => {
  const head = { platform: 'telegram', chatId: 'head' } as const;
  const at = (iso: string) => {
    world.time.nowMs = Date.parse(`${iso}+07:00`);
  };

  beforeEach(async () => {
    const { app } = world;
    await app.destinations.upsert({
      ...{ id: 'x', kind: 'relay', chat: head, title: 'Ba', neighbourhood: 'khu-3', audience: null },
      state: 'active',
    });
    // A Friday.
    await app.runs.create(runOf('R1', '2024-03-15'));
    await app.deliveries.insert([row({ id: 'a', rendering: 'relay' })]);
  });

  it('is asked once, at eight of the next working morning, and never again', async () => {
    for (const early of ['2024-03-15T20:00', '2024-03-16T08:00', '2024-03-18T07:59']) {
      at(early);
      await askSilentHeads(world.app);
    }
    expect(world.toldTo('head')).toEqual([]);
    at('2024-03-18T08:00');
    await askSilentHeads(world.app);
    await askSilentHeads(world.app);
    at('2024-03-19T08:00');
    await askSilentHeads(world.app);
    expect(world.toldTo('head')).toHaveLength(1);
    expect(world.toldTo('head')[0]).toContain('Bài một');
  });

  it('is not asked who has answered, nor about a post that was corrected, nor days late', async () => {
    await world.app.deliveries.markReported('a', 'relayed', 5);
    await world.app.runs.create({ ...runOf('R2', '2024-03-15'), state: 'corrected' });
    await world.app.deliveries.insert([row({ id: 'b', runId: 'R2', rendering: 'relay' })]);
    await world.app.runs.create(runOf('R3', '2024-03-11'));
    await world.app.deliveries.insert([row({ id: 'c', runId: 'R3', rendering: 'relay' })]);
    at('2024-03-18T08:00');
    await askSilentHeads(world.app);
    expect(world.toldTo('head')).toEqual([]);
  });
});
