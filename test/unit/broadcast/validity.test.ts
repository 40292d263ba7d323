import { beforeEach, describe, expect, it } from 'vitest';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { contentHash, hashed } from '#src/domain/broadcast/approval.ts';
import { parseValidDays, validity } from '#src/domain/broadcast/validity.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { groupDestination, hash, sendingRun } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

const NOW = atLocal('2024-03-18', '10:00');

describe('validity', () => {
  it.each([
    ['2024-03-12', 'not-yet'],
    ['2024-03-13', 'valid'],
    ['2024-12-31', 'valid'],
    ['2025-01-01', 'over'],
  ] as const)('includes both days: on %s the post is %s', (day, expected) => {
    expect(validity({ validFrom: '2024-03-13', validTo: '2024-12-31' }, day)).toBe(expected);
  });

  it('is without an end where none is written', () => {
    for (const day of ['0001-01-01', '9999-12-31'])
      expect(validity({ validFrom: null, validTo: null }, day)).toBe('valid');
  });

  it.each([
    ['từ 1/3 đến 31/12', '2024-03-01', '2024-12-31'],
    ['đến hết 31/12/2024', null, '2024-12-31'],
    ['từ ngày 1/4', '2024-04-01', null],
    ['1/4 - 31/12', '2024-04-01', '2024-12-31'],
    ['từ 1/11 đến 31/1', '2024-11-01', '2025-01-31'],
    ['không hạn', null, null],
  ])('is understood: %s', (words, validFrom, validTo) => {
    expect(parseValidDays(words, '2024-03-18')).toEqual({ validFrom, validTo });
  });

  it.each(['hết quý', 'từ 31/12/2024 đến 1/3/2024', 'từ nào đến 31/12', 'từ 1/3 đến khi xong', ''])(
    'is not guessed: %s',
    (words) => {
      expect(parseValidDays(words, '2024-03-18')).toBeNull();
    },
  );
});

describe('a run', () => {
  let world: BroadcastWorld;
  beforeEach(() => {
    world = createBroadcastWorld();
    world.join('ha', 'editor');
    world.join('binh', 'approver');
    world.destinations.set('g', groupDestination('g'));
    world.state.nowMs = NOW;
  });
  const put = (id: string, over: Partial<BroadcastRun>): void => {
    const made = sendingRun(id, {
      state: 'scheduled',
      startedAtMs: null,
      sendAtMs: NOW,
      authorId: 'ha',
      ...over,
    });
    world.runs.set(id, made);
  };
  const startTwice = async (): Promise<void> => {
    for (let twice = 0; twice < 2; twice += 1) await startDueRuns(world.ports);
  };

  it('outside its validity is not started, and its author hears on which day it ended or begins, once', async () => {
    put('R', { validTo: '2024-03-17' });
    put('Q', { validFrom: '2024-03-19', validTo: null });
    await startTwice();
    expect([world.runs.get('R')?.state, world.runs.get('Q')?.state]).toEqual(['returned', 'returned']);
    expect(world.deliveries.rows.has('R.g')).toBe(false);
    const told = world.toldTo('ha').join('\n');
    expect(told.match(/hết hiệu lực ngày 17\/3\/2024/gu)).toHaveLength(1);
    expect(told.match(/đến 19\/3\/2024 mới có hiệu lực/gu)).toHaveLength(1);
  });

  it('goes out on the last day on which it holds', async () => {
    put('R', { validFrom: '2024-03-18', validTo: '2024-03-18' });
    await startTwice();
    expect(world.deliveries.rows.has('R.g')).toBe(true);
  });

  it('of a post in whose place another was approved does not go out, and its author hears which', async () => {
    put('old', { postId: 'TT-01-1', title: 'Bài cũ' });
    put('new', { title: 'Bài mới', supersedes: 'TT-01-1', sendAtMs: NOW + 1 });
    await startTwice();
    expect(world.runs.get('old')?.state).toBe('returned');
    expect(world.toldTo('ha').at(-1)).toContain('đã có bài “Bài mới” thay');
  });

  it('does go out while the other one only waits for its approval', async () => {
    put('old', { postId: 'TT-01-1' });
    put('new', { supersedes: 'TT-01-1', state: 'submitted', approvedHash: null, approverId: null });
    await startTwice();
    expect(world.deliveries.rows.has('old.g')).toBe(true);
  });

  it('shows its approver what it rests on and when it holds, and all of that is in what is approved', async () => {
    const origin = {
      sources: ['Nghị quyết số 157/NQ-HĐND'],
      validFrom: '2024-03-13',
      validTo: '2024-12-31',
      owner: 'vh',
      supersedes: 'TT-01-9',
    };
    await submitRun(world.ports, world.from('ha'), { ...draft, origin });
    const run = world.onlyRun();
    expect(run).toMatchObject(origin);
    for (const line of [
      'Nguồn: Nghị quyết số 157/NQ-HĐND.',
      'Hiệu lực từ 13/3/2024 đến hết 31/12/2024.',
      'Bài của Văn hóa.',
      'Thay bài “TT-01-9”.',
    ])
      expect(world.toldTo('binh')[0]).toContain(`\n${line}`);
    for (const change of [{ sources: [] }, { validFrom: null }, { validTo: null }, { supersedes: 'x' }])
      expect(contentHash({ ...run, ...change }, hash)).not.toBe(run.contentHash);
  });

  it('that takes no other’s place has the hash that it had before there were any', () => {
    const run = hashed(sendingRun('R'), hash);
    const { supersedes, ...before } = run;
    expect(supersedes).toBeNull();
    expect(contentHash({ ...before, supersedes: null }, hash)).toBe(run.approvedHash);
  });
});
