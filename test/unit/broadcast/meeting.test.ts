import { beforeEach, describe, expect, it } from 'vitest';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { askChairs } from '#src/app/broadcast/meeting/ask-chairs.ts';
import { markSaid } from '#src/app/broadcast/meeting/mark-said.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { draftOfRun } from '#src/domain/broadcast/taken-up.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

const meeting = { day: '2024-03-22', name: 'Họp khu phố tháng 3', chairId: 'ba', neighbourhood: 'khu-3' };
const post = { ...draft, meeting };

let world: BroadcastWorld;
beforeEach(async () => {
  world = createBroadcastWorld();
  world.join('ha', 'editor');
  world.join('binh', 'approver');
  world.join('ba', 'neighbourhood-head');
  world.state.nowMs = atLocal('2024-03-18', '10:00');
  await submitRun(world.ports, world.from('ha'), post);
});

const ROW = () => `${world.onlyRun().id}.meeting`;
async function handOver(): Promise<void> {
  await approveRun(world.ports, world.from('binh'), world.onlyRun().id, world.onlyRun().contentHash);
  world.state.nowMs += 1_000;
  for (let twice = 0; twice < 2; twice += 1) await startDueRuns(world.ports);
  await world.send();
}
const askedAgain = () => world.toldTo('ba').filter((text) => text.includes('đã nói trong buổi họp (')).length;
async function ask(date: string, time: string): Promise<number> {
  world.state.nowMs = atLocal(date, time);
  for (let twice = 0; twice < 2; twice += 1) await askChairs(world.ports);
  return askedAgain();
}

describe('a post that is spoken of in a meeting', () => {
  it('is approved like any other, with the meeting and its chair above the question; another meeting is another content', async () => {
    const question = world.toldTo('binh').at(-1) ?? '';
    expect(question).toContain('Họp khu phố tháng 3');
    expect(question).toContain('Chủ trì: chị ba');
    const before = world.onlyRun();
    const moved = { ...draftOfRun(before), meeting: { ...meeting, day: '2024-03-29' } };
    await submitRun(world.ports, world.from('ha'), moved, before.id);
    expect(world.onlyRun().contentHash).not.toBe(before.contentHash);
  });

  it('goes to its chair alone, once, with the words, and nowhere before it is approved', async () => {
    await startDueRuns(world.ports);
    await world.send();
    expect(world.toldTo('ba')).toEqual([]);
    await handOver();
    expect(world.toldTo('ba')).toHaveLength(1);
    expect(world.toldTo('ba')[0]).toContain(draft.body);
    expect(world.toldTo('ba')[0]).toContain('1 Đã nói trong họp');
    expect(world.deliveries.rows.get(ROW())?.delivery).toMatchObject({
      state: 'sent',
      rendering: 'meeting',
      neighbourhood: 'khu-3',
    });
  });

  it('is said to have been spoken of by its chair alone', async () => {
    await handOver();
    await markSaid(world.ports, world.from('ha'), ROW());
    expect(world.toldTo('ha').at(-1)).toContain('cần người có phận sự');
    expect(world.audited).not.toContain('post-said');
    await markSaid(world.ports, world.from('ba'), ROW());
    expect(world.toldTo('ba').at(-1)).toContain('Đã ghi là đã nói');
    expect(world.audited).toContain('post-said');
  });

  it('is asked about once, on the next working morning after the meeting', async () => {
    await handOver();
    expect(await ask('2024-03-22', '20:00')).toBe(0);
    expect(await ask('2024-03-24', '09:00')).toBe(0);
    expect(await ask('2024-03-25', '07:59')).toBe(0);
    expect(await ask('2024-03-25', '08:00')).toBe(1);
    expect(await ask('2024-03-26', '08:00')).toBe(1);
  });
});
