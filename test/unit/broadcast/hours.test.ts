import { beforeEach, describe, expect, it } from 'vitest';
import { advanceRuns } from '#src/app/broadcast/advance-runs.ts';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { sendToday } from '#src/app/broadcast/send-today.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { openHour } from '#src/domain/broadcast/hours.ts';
import { atLocal, MINUTE_MS } from '#src/domain/calendar/local-time.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { renderingOf } from '#test/support/rendering.ts';
import { groupDestination, sendingRun } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

const HOURS = {
  quiet: { from: '21:00', to: '06:30' },
  silentDays: [{ date: '2024-07-25', reason: 'Quốc tang' }],
};
const at = (time: string, date = '2024-03-18'): number => atLocal(date, time);

let world: BroadcastWorld;
beforeEach(() => {
  world = createBroadcastWorld();
  world.join('author', 'editor');
  world.join('approver', 'approver');
  world.destinations.set('g', groupDestination('g'));
  world.state.nowMs = at('10:00');
});

function schedule(id: string, sendAtMs: number, change: Partial<BroadcastRun> = {}): void {
  world.runs.set(id, sendingRun(id, { state: 'scheduled', startedAtMs: null, sendAtMs, ...change }));
}
const run = (id: string): BroadcastRun | undefined => world.runs.get(id);

describe('the hours of the plan', () => {
  it('move a night into the morning, and a silent day to the same hour of the next', () => {
    expect(openHour(at('10:00'), HOURS)).toEqual({ atMs: at('10:00'), why: null, reason: null });
    expect(openHour(at('21:00'), HOURS)).toMatchObject({ atMs: at('06:30', '2024-03-19'), why: 'quiet' });
    expect(openHour(at('06:29'), HOURS)).toMatchObject({ atMs: at('06:30'), why: 'quiet' });
    expect(openHour(at('06:30'), HOURS).why).toBeNull();
    expect(openHour(at('17:00', '2024-07-25'), HOURS)).toEqual({
      atMs: at('17:00', '2024-07-26'),
      why: 'silent',
      reason: 'Quốc tang',
    });
    expect(openHour(at('22:00', '2024-07-24'), HOURS)).toMatchObject({
      atMs: at('06:30', '2024-07-26'),
      why: 'quiet',
    });
  });

  it('hold for a routine post, and for no urgent one, no correction, none that was ordered for this hour', async () => {
    world.state.nowMs = at('22:00');
    schedule('routine', at('22:00'));
    schedule('urgent', at('22:00'), { kind: 'urgent' });
    schedule('correction', at('22:00'), { kind: 'correction' });
    schedule('ordered', at('22:00'), { anyHour: true });
    expect(await startDueRuns(world.ports)).toBe(3);
    expect(run('routine')).toMatchObject({ state: 'scheduled', sendAtMs: at('06:30', '2024-03-19') });
    expect(world.toldTo('author').join('\n')).toContain('dời sang 6 giờ 30 thứ Ba 19/3: ban đêm');
    expect(world.audited).toContain('run-moved');
  });

  it('move "as soon as it is approved" into the morning when that is in the night, and say so', async () => {
    world.state.nowMs = at('23:00');
    await submitRun(world.ports, world.from('author'), draft);
    await approveRun(world.ports, world.from('approver'), world.onlyRun().id);
    expect(world.onlyRun().sendAtMs).toBe(at('06:30', '2024-03-19'));
    expect(world.toldTo('approver').at(-1)).toContain('gửi 6 giờ 30 thứ Ba 19/3');
  });
});

describe('one routine post a group a day', () => {
  it('starts the earlier, and moves the other as a whole to the same hour of the next free day', async () => {
    schedule('b', at('09:59'));
    schedule('a', at('10:00'));
    schedule('taken', at('06:30', '2024-03-19'));
    expect(await startDueRuns(world.ports)).toBe(1);
    expect(run('b')?.state).toBe('sending');
    expect(run('a')).toMatchObject({ state: 'scheduled', sendAtMs: at('10:00', '2024-03-20') });
    expect(world.toldTo('author').join('\n')).toContain('nhóm đã có bài hôm đó');
  });

  it('lets two processes start no more than one', async () => {
    schedule('a', at('10:00'));
    schedule('b', at('10:00'));
    await Promise.all([startDueRuns(world.ports), startDueRuns(world.ports)]);
    await startDueRuns(world.ports);
    expect([run('a')?.state, run('b')?.state]).toEqual(['sending', 'scheduled']);
  });

  it('holds nobody up whose groups are others, or who goes to no group at all', async () => {
    world.destinations.set('l', groupDestination('l', { kind: 'loudspeaker' }));
    schedule('groups', at('10:00'));
    schedule('loudspeaker', at('10:00'), { topicId: 'TT-02' });
    expect(await startDueRuns(world.ports)).toBe(2);
  });

  it('gives the day to the run that was planned for it, not to one that is late from the day before', async () => {
    world.state.nowMs = at('06:31');
    schedule('late', at('20:00', '2024-03-17'));
    schedule('planned', at('06:30'));
    await startDueRuns(world.ports);
    expect(run('planned')?.state).toBe('sending');
    expect(run('late')).toMatchObject({ state: 'scheduled', sendAtMs: at('20:00', '2024-03-19') });
    expect(run('late')?.lateByMs).toBe(48 * 60 * MINUTE_MS);
  });
});

describe('a run that was missed', () => {
  it('goes out once within the window, marked late, and the editor hears how late', async () => {
    schedule('a', at('07:00'));
    await startDueRuns(world.ports);
    await startDueRuns(world.ports);
    expect(run('a')).toMatchObject({ state: 'sending', lateByMs: 180 * MINUTE_MS });
    expect(world.toldTo('author').filter((text) => text.includes('gửi muộn 3 giờ'))).toHaveLength(1);
  });

  it('is not late within the few minutes in which a worker looks', async () => {
    schedule('a', at('09:56'));
    await startDueRuns(world.ports);
    expect(run('a')).toMatchObject({ state: 'sending', lateByMs: null });
  });

  it('stays here beyond the window; one tap sends it today, with its approval, and its approver is told', async () => {
    schedule('a', at('21:59', '2024-03-17'));
    await startDueRuns(world.ports);
    await startDueRuns(world.ports);
    expect(run('a')?.state).toBe('expired');
    expect(await world.deliveries.counts('a')).toMatchObject({ pending: 0 });
    expect(world.toldTo('author').filter((text) => text.includes('1 Gửi hôm nay'))).toHaveLength(1);

    const tap = world.from('author');
    await sendToday(world.ports, tap, 'a');
    await sendToday(world.ports, tap, 'a');
    expect(run('a')).toMatchObject({ state: 'scheduled', sendAtMs: at('10:00') });
    expect(world.toldTo('approver').filter((text) => text.includes('gửi lại bài'))).toHaveLength(1);
    expect(await startDueRuns(world.ports)).toBe(1);
  });

  it('is a correction’s never: it still goes out', async () => {
    schedule('c', at('10:00', '2024-03-10'), { kind: 'correction' });
    expect(await startDueRuns(world.ports)).toBe(1);
  });

  it('waits for its approver as long as it takes when it was to go out as soon as it is approved', async () => {
    await submitRun(world.ports, world.from('author'), draft);
    world.state.nowMs = at('10:00', '2024-03-21');
    await approveRun(world.ports, world.from('approver'), world.onlyRun().id);
    expect(await startDueRuns(world.ports)).toBe(1);
    expect(world.onlyRun().lateByMs).toBeNull();
  });
});

describe('a post changed after its approval', () => {
  const changes: readonly Partial<BroadcastRun>[] = [
    { renderings: { ...sendingRun('x').renderings, zalo: renderingOf('other words') } },
    { body: 'other words' },
    { title: 'another title' },
    { photoIds: ['another photo'] },
    { documentId: 'another document' },
    { sources: ['another source'] },
    { validTo: '2030-01-01' },
    { consent: { kind: 'names-nobody' } },
    { topicId: 'TT-02' },
    { audience: { channels: null, neighbourhoods: ['khu-3'], groups: null } },
    { kind: 'urgent' },
    { contentHash: 'another hash' },
    { approvedHash: 'another hash' },
    { approverId: 'author' },
    { approverId: null },
  ];

  it.each(changes)('does not go out, and people are told: %o', async (change) => {
    schedule('a', at('10:00'));
    world.runs.set('a', { ...sendingRun('a', { ...run('a') }), ...change });
    await advanceRuns(world.ports);
    await world.send();
    expect(run('a')).toMatchObject({ state: 'submitted', approverId: null, approvedHash: null });
    expect(world.calls.filter((call) => call.chat.chatId.startsWith('-g'))).toHaveLength(0);
    expect(world.toldTo('author').join('\n')).toContain('khác với bản đã duyệt');
    expect(world.toldTo('approver').join('\n')).toContain('Xin anh/chị duyệt');
    expect(world.audited).toContain('approval-void');
  });

  it.each(changes)('goes no further when it is under way: %o', async (change) => {
    schedule('a', at('10:00'));
    await startDueRuns(world.ports);
    const started = run('a');
    if (!started) throw new Error('no run');
    world.runs.set('a', { ...started, ...change });
    await world.send();
    expect(world.calls.filter((call) => call.chat.chatId.startsWith('-g'))).toHaveLength(0);
    await advanceRuns(world.ports);
    expect(run('a')?.state).toBe('submitted');
  });
});
