import { beforeEach, describe, expect, it } from 'vitest';
import { makeOccurrences } from '#src/app/broadcast/series/make-occurrences.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { moveEntry, skipEntry } from '#src/app/broadcast/timetable/change-entry.ts';
import { showEntry } from '#src/app/broadcast/timetable/show-entry.ts';
import { showTimetable } from '#src/app/broadcast/timetable/show-timetable.ts';
import { isApproved } from '#src/domain/broadcast/approval.ts';
import { daysInARow, weekly } from '#src/domain/broadcast/repeat.ts';
import { atLocal, DAY_MS } from '#src/domain/calendar/local-time.ts';
import { Person } from '#test/support/conversation.ts';
import { staffWith } from '../compose/support.ts';
import { groupDestination, hash } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

/** A Monday, ten in the morning. */
const NOW = atLocal('2024-03-18', '10:00');

let world: BroadcastWorld;
beforeEach(() => {
  world = createBroadcastWorld();
  world.join('ha', 'editor');
  world.join('binh', 'approver');
  world.join('lan', 'editor');
  world.destinations.set('g', groupDestination('g'));
  world.state.nowMs = NOW;
});

async function approvedSeries(): Promise<string> {
  const repeat = weekly(atLocal('2024-03-25', '06:30'), [1]);
  await submitRun(world.ports, world.from('ha'), { ...draft, repeat });
  const [series] = await world.ports.series.inState('submitted', 1);
  if (!series) throw new Error('no series');
  await approveRun(world.ports, world.from('binh'), series.id, series.contentHash);
  return series.id;
}
const lastTold = (who: string): string => world.toldTo(who).at(-1) ?? '';

describe('the timetable', () => {
  it('shows day, hour, post and state of a week, with runs that a series has still to make', async () => {
    await approvedSeries();
    await submitRun(world.ports, world.from('ha'), {
      ...draft,
      title: 'Họp khu phố',
      sendAtMs: atLocal('2024-03-26', '17:00'),
    });
    const late = { lateByMs: 3_600_000, state: 'done', sendAtMs: atLocal('2024-03-27', '08:00') } as const;
    world.runs.set('R-late', { ...world.sampleRun(), id: 'R-late', ...late });
    const called = { state: 'cancelled', sendAtMs: atLocal('2024-03-28', '08:00') } as const;
    world.runs.set('R-off', { ...world.sampleRun(), id: 'R-off', title: 'Thôi gửi rồi', ...called });
    await showTimetable(world.ports, world.from('ha'), { span: 'week', day: '2024-03-27' });
    expect(lastTold('ha')).toBe(
      [
        'LỊCH PHÁT 25/3 đến 31/3',
        '',
        'thứ Hai 25/3',
        '1. 6 giờ 30 Dân được biết những gì? (đã duyệt)',
        '',
        'thứ Ba 26/3',
        '2. 17 giờ Họp khu phố (đang chờ duyệt)',
        '',
        'thứ Tư 27/3',
        '3. 8 giờ Bài mẫu (đã phát xong, muộn)',
        '',
        'Nhắn số để xem một bài.',
        '',
        '4 Tuần sau · 5 Tuần trước · 6 Cả tháng · 7 Các loạt bài',
      ].join('\n'),
    );
  });

  it('of a month reaches from its first day to its last', async () => {
    await approvedSeries();
    await showTimetable(world.ports, world.from('ha'), { span: 'month', day: '2024-04-10' });
    for (const day of ['1/4', '8/4', '15/4', '22/4', '29/4'])
      expect(lastTold('ha')).toContain(`thứ Hai ${day}\n`);
    expect(lastTold('ha')).not.toContain('25/3');
  });

  it('is asked for in plain words by staff; from a resident these are words like any other', () => {
    const effects = new Person({ staff: staffWith('editor') }).say('lịch');
    expect(effects).toEqual([{ kind: 'show-timetable', span: 'week', day: null }]);
    expect(new Person().say('lịch')[0]?.kind).not.toBe('show-timetable');
  });

  it('shows one entry whole, and offers to change it to those who may', async () => {
    const id = `${await approvedSeries()}.20240325`;
    await showEntry(world.ports, world.from('ha'), id);
    expect(lastTold('ha')).toContain(draft.body);
    expect(lastTold('ha')).toContain('1 Dời giờ · 2 Bỏ lần này · 3 Dừng cả loạt · 4 Sửa');
    await showEntry(world.ports, world.from('lan'), id);
    expect(lastTold('lan')).not.toContain('Dời giờ');
  });
});

describe('one going-out of a series', () => {
  it('is skipped before or after its run was made, the others stay', async () => {
    const repeat = daysInARow(atLocal('2024-03-19', '06:30'));
    await submitRun(world.ports, world.from('ha'), { ...draft, repeat });
    const [series] = await world.ports.series.inState('submitted', 1);
    const id = series?.id ?? '';
    await approveRun(world.ports, world.from('binh'), id);
    await makeOccurrences(world.ports);
    for (const day of ['20240319', '20240321']) {
      const tap = world.from('ha');
      for (let twice = 0; twice < 2; twice += 1) await skipEntry(world.ports, tap, `${id}.${day}`);
    }
    world.state.nowMs += DAY_MS;
    await makeOccurrences(world.ports);
    expect([...world.runs.values()].map((run) => [run.id.slice(-8), run.state])).toEqual([
      ['20240319', 'cancelled'],
      ['20240320', 'scheduled'],
    ]);
    expect(world.entries.filter((entry) => entry.action === 'run-skipped')).toMatchObject([
      { by: 'ha', subject: `${id}.20240319` },
      { by: 'ha', subject: `${id}.20240321` },
    ]);
    expect(world.toldTo('binh').filter((text) => text.includes('cho bỏ lần phát'))).toHaveLength(2);
  });

  it('is moved to an earlier day, goes out then with its approval, once', async () => {
    const id = `${await approvedSeries()}.20240325`;
    const tap = world.from('ha');
    const atMs = atLocal('2024-03-19', '17:00');
    for (let twice = 0; twice < 2; twice += 1) await moveEntry(world.ports, tap, id, atMs);
    const run = world.runs.get(id);
    expect(run).toMatchObject({ sendAtMs: atMs, state: 'scheduled' });
    expect(run && isApproved(run, hash)).toBe(true);
    world.state.nowMs = atMs + 1;
    await makeOccurrences(world.ports);
    await startDueRuns(world.ports);
    expect(world.runs.get(id)?.state).toBe('sending');
    world.state.nowMs = atLocal('2024-03-25', '07:00');
    await makeOccurrences(world.ports);
    expect([...world.runs.keys()].filter((one) => one === id)).toHaveLength(1);
    expect(world.runs.get(id)?.sendAtMs).toBe(atMs);
  });
});

describe('moving a run', () => {
  async function scheduled(): Promise<string> {
    const sendAtMs = atLocal('2024-03-19', '06:30');
    await submitRun(world.ports, world.from('ha'), { ...draft, sendAtMs });
    const { id } = world.onlyRun();
    await approveRun(world.ports, world.from('binh'), id);
    return id;
  }

  it('obeys the rules of time and tells the approver; who did it is in the log', async () => {
    const id = await scheduled();
    await moveEntry(world.ports, world.from('ha'), id, atLocal('2024-03-20', '23:00'));
    expect(world.runs.get(id)?.sendAtMs).toBe(atLocal('2024-03-21', '06:30'));
    expect(lastTold('ha')).toContain('ban đêm phường không gửi bài');
    expect(lastTold('binh')).toContain('dời bài');
    expect(world.entries.at(-1)).toMatchObject({ action: 'run-moved', by: 'ha', subject: id });
  });

  it('is not for another editor, nor for what went out, nor to an hour that is over', async () => {
    const id = await scheduled();
    const { sendAtMs } = world.onlyRun();
    await moveEntry(world.ports, world.from('lan'), id, atLocal('2024-03-20', '08:00'));
    await moveEntry(world.ports, world.from('ha'), id, NOW - 1);
    await skipEntry(world.ports, world.from('lan'), id);
    expect(world.onlyRun()).toMatchObject({ sendAtMs, state: 'scheduled' });
    world.runs.set(id, { ...world.onlyRun(), state: 'done' });
    await moveEntry(world.ports, world.from('ha'), id, atLocal('2024-03-20', '08:00'));
    await skipEntry(world.ports, world.from('ha'), id);
    expect(world.onlyRun()).toMatchObject({ sendAtMs, state: 'done' });
    expect(lastTold('ha')).toContain('không còn chờ phát');
  });

  it('asks for day and hour, and does not guess', () => {
    const person = new Person({ staff: staffWith('editor') });
    const prompt = {
      id: 'p',
      subject: { kind: 'entry', entryId: 'R-1' },
      choices: [{ number: '1', value: 'move', label: 'Dời giờ' }],
      askedAtMs: 0,
    } as const;
    person.conversation = { ...person.conversation, prompts: [prompt] };
    person.say('1');
    expect(person.say('lúc nào rảnh')[0]).toMatchObject({ text: { key: 'timetable.move.unclear' } });
    expect(person.say('17h 20/3')).toEqual([
      { kind: 'move-entry', entryId: 'R-1', atMs: atLocal('2024-03-20', '17:00') },
    ]);
  });
});
