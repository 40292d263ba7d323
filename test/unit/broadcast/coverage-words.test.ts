import { beforeEach, describe, expect, it } from 'vitest';
import { monthCoverage } from '#src/app/broadcast/month-coverage.ts';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import type { Effect } from '#src/domain/conversation/types.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import { newRun } from '#src/domain/run.ts';
import { Person, plan } from '#test/support/conversation.ts';
import { type AppWorld, createAppWorld } from '../app/app-world.ts';

const rendering = { parts: [] };
const runOf = (id: string, startedOn: string, topicId = 'TT-01') =>
  newRun({
    ...{ id, topicId, postId: null, title: `Bài ${id}`, body: 'Bài', contentHash: 'h' },
    renderings: { telegram: rendering, zalo: rendering, relay: rendering, loudspeaker: rendering },
    ...{ authorId: 's1', sendAtMs: 0, state: 'done', createdAtMs: 0, startedOn },
    audience: { channels: null, groups: null, neighbourhoods: ['khu-1', 'khu-2', 'khu-3', 'khu-4'] },
  });
const row = (id: string, neighbourhood: string | null, over: Partial<Delivery> = {}): Delivery => ({
  ...{ id, lane: 'broadcast', platform: 'telegram', runId: 'R1', rendering: 'telegram', state: 'sent' },
  ...{ target: { kind: 'destination', destinationId: id }, dueAtMs: 0, sentParts: [], attempts: 1 },
  ...(neighbourhood === null ? {} : { neighbourhood }),
  ...over,
});

let world: AppWorld;
beforeEach(async () => {
  world = await createAppWorld();
  const { app } = world;
  await world.join('editor', ['editor'], 'culture-information');
  await app.runs.create(runOf('R1', '2024-03-05'));
  await app.runs.create(runOf('R2', '2024-03-06'));
  await app.runs.create(runOf('R3', '2024-02-06', 'TT-02'));
  await app.deliveries.insert([
    row('a', 'khu-1'),
    row('b', 'khu-2'),
    row('c', 'khu-3', { rendering: 'relay' }),
    row('d', 'khu-3', { rendering: 'loudspeaker' }),
    row('e', null, { rendering: 'zalo' }),
    row('f', 'khu-1', { runId: 'R2' }),
    row('g', 'khu-1', { runId: 'R3' }),
  ]);
});

async function answered(chatId: string, ...effects: readonly Effect[]): Promise<string> {
  await world.commit(chatId, ...effects);
  await runEffects(world.app, `telegram:${chatId}`);
  return world.toldTo(chatId).at(-1) ?? '';
}

describe('"Xem từng khu"', () => {
  it('says which khu phố got what, on which channel, and marks what people report of themselves', async () => {
    await world.app.deliveries.markReported('d', 'readAloud', 5);
    expect(await answered('editor', { kind: 'run-coverage', runId: 'R1' })).toBe(
      [
        'Bài “Bài R1”, từng khu (số là số tin):',
        'Khu 1, Khu 2: Telegram 1',
        'Khu 3: loa đọc* 1',
        'Khu 4: chưa nơi nào nhận',
        'Chung cả phường: Zalo 1',
        '',
        '* Theo lời người chuyển, người đọc, người chủ trì.',
      ].join('\n'),
    );
  });

  it('counts a head’s own copy for nothing before the head says more', async () => {
    const said = await answered('editor', { kind: 'run-coverage', runId: 'R1' });
    expect(said).toContain('Khu 3: đã nhờ chuyển, chưa ai báo lại');
  });
});

describe('"Độ phủ"', () => {
  it('says which topics reached whom in the month and how often, in the figures of the command line', async () => {
    const said = await answered('editor', { kind: 'month-coverage', month: null });
    expect(said).toContain('Độ phủ tháng 3/2024: 2 đợt phát');
    expect(said).toContain('Khu 1: Telegram 2\nKhu 2: Telegram 1\nChung cả phường: Zalo 1');
    const { rows, unreached } = await monthCoverage(world.app, plan, '2024-03');
    expect(rows.find((one) => one.neighbourhood === 'khu-1')?.sent).toBe(2);
    expect(said).toContain(`Chưa tới ai: ${unreached.join(', ')}.`);
    expect(said).toContain('1 Tháng 2/2024');
    expect(await answered('editor', { kind: 'month-coverage', month: '2024-02' })).toContain('TT-02');
  });

  it('is for those in charge alone: a resident’s words stay words', async () => {
    await world.join('handler', ['handler'], 'office');
    expect(await answered('handler', { kind: 'month-coverage', month: null })).not.toContain('Độ phủ');
    expect(new Person().say('độ phủ').some(({ kind }) => kind === 'month-coverage')).toBe(false);
    const [staff] = await world.app.staff.withRole('editor');
    if (!staff) throw new Error('no editor');
    expect(new Person({ staff }).say('Độ phủ')).toEqual([{ kind: 'month-coverage', month: null }]);
    expect(new Person({ staff }).say('/phu')).toEqual([{ kind: 'month-coverage', month: null }]);
  });
});
