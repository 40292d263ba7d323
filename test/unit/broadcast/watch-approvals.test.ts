import { beforeEach, describe, expect, it } from 'vitest';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { watchApprovals } from '#src/app/broadcast/watch-approvals.ts';
import { atLocal, MINUTE_MS } from '#src/domain/calendar/local-time.ts';
import { groupDestination } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

let world: BroadcastWorld;
beforeEach(() => {
  world = createBroadcastWorld();
  world.join('ha', 'editor', 'approver');
  world.join('binh', 'approver');
  world.destinations.set('g', groupDestination('g'));
});

const at = (date: string, time: string): void => {
  world.state.nowMs = atLocal(date, time);
};
const submit = (sendAtMs: number | null = null) =>
  submitRun(world.ports, world.from('ha'), { ...draft, sendAtMs });
const nudges = (who: string): number =>
  world.toldTo(who).filter((text) => text.startsWith('Nhắc anh/chị:')).length;
const watchTwice = async (): Promise<void> => {
  for (let twice = 0; twice < 2; twice += 1) await watchApprovals(world.ports);
};

describe('a post that nobody has decided', () => {
  it('is asked about once more after thirty minutes of office hours, with the whole question, never its author', async () => {
    at('2024-03-18', '11:15');
    await submit();
    // A quarter of an hour of work, then lunch until 13:30.
    at('2024-03-18', '13:40');
    await watchTwice();
    expect(nudges('binh')).toBe(0);
    at('2024-03-18', '13:45');
    await watchTwice();
    expect(nudges('binh')).toBe(1);
    expect(nudges('ha')).toBe(0);
    const told = world.toldTo('binh').at(-1) ?? '';
    expect(told).toContain(draft.body);
    expect(told).toContain('1 Duyệt');
    at('2024-03-19', '10:00');
    await watchTwice();
    expect(nudges('binh')).toBe(1);
  });

  it('handed in after hours is asked about the next morning', async () => {
    at('2024-03-18', '18:00');
    await submit();
    at('2024-03-19', '07:59');
    await watchTwice();
    expect(nudges('binh')).toBe(0);
    at('2024-03-19', '08:00');
    await watchTwice();
    expect(nudges('binh')).toBe(1);
  });

  it('is not asked about once it is approved', async () => {
    at('2024-03-18', '10:00');
    await submit(world.state.nowMs + 300 * MINUTE_MS);
    await approveRun(world.ports, world.from('binh'), world.onlyRun().id);
    at('2024-03-18', '11:00');
    await watchTwice();
    expect(nudges('binh')).toBe(0);
  });

  it('does not go out when its hour comes, and its author and the approver hear so once', async () => {
    at('2024-03-18', '10:00');
    await submit(atLocal('2024-03-18', '10:20'));
    at('2024-03-18', '10:21');
    for (let twice = 0; twice < 2; twice += 1) {
      await startDueRuns(world.ports);
      await watchApprovals(world.ports);
    }
    expect(world.onlyRun().state).toBe('submitted');
    for (const who of ['ha', 'binh'])
      expect(world.toldTo(who).filter((text) => text.startsWith('ĐẾN GIỜ, CHƯA DUYỆT'))).toHaveLength(1);
  });
});
