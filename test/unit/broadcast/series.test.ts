import { beforeEach, describe, expect, it } from 'vitest';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { makeOccurrences } from '#src/app/broadcast/series/make-occurrences.ts';
import { stopSeries } from '#src/app/broadcast/series/stop-series.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { recurrence } from '#src/calendar/recurrence.ts';
import { isApproved } from '#src/domain/broadcast/approval.ts';
import { daysInARow, overAMonth, parseRepeat, weekly } from '#src/domain/broadcast/repeat.ts';
import { atLocal, DAY_MS, localDateOf, localTimeOf, weekdayOf } from '#src/domain/calendar/local-time.ts';
import type { Series } from '#src/domain/series.ts';
import { groupDestination, hash } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

/** A Monday, ten in the morning. */
const NOW = atLocal('2024-03-18', '10:00');
const all = (rule: string): readonly number[] => recurrence.between(rule, 0, Date.UTC(2100, 0, 1));

describe('a rhythm', () => {
  it('of three days names three days in a row at the ward’s hour', () => {
    expect(all(daysInARow(atLocal('2024-03-19', '06:30')).rule)).toEqual(
      ['2024-03-19', '2024-03-20', '2024-03-21'].map((date) => atLocal(date, '06:30')),
    );
  });

  it('of weekdays names each of them from the first to the end of the year', () => {
    const moments = all(weekly(atLocal('2024-03-19', '06:30'), [4, 1]).rule);
    expect(moments[0]).toBe(atLocal('2024-03-21', '06:30'));
    expect(moments[1]).toBe(atLocal('2024-03-25', '06:30'));
    expect(moments.at(-1)).toBe(atLocal('2024-12-30', '06:30'));
    expect(new Set(moments.map((one) => weekdayOf(localDateOf(one))))).toEqual(new Set([1, 4]));
    expect(new Set(moments.map(localTimeOf))).toEqual(new Set(['06:30']));
  });

  it('over a month ends after thirty days', () => {
    const moments = all(overAMonth(atLocal('2024-03-19', '06:30'), [1, 4]).rule);
    expect(moments).toHaveLength(9);
    expect(moments.at(-1)).toBe(atLocal('2024-04-18', '06:30'));
  });

  it.each([
    ['6h30 mỗi thứ hai', 'weekly', '2024-03-25', '06:30'],
    ['6h30 moi thu hai', 'weekly', '2024-03-25', '06:30'],
    ['17h thứ ba và thứ năm hằng tuần', 'weekly', '2024-03-19', '17:00'],
    ['hằng tuần thứ 6 lúc 7h', 'weekly', '2024-03-22', '07:00'],
    ['3 ngày liền từ mai 6h', 'days', '2024-03-19', '06:00'],
    ['ba ngày liên tiếp, 17h thứ hai tuần sau', 'days', '2024-03-25', '17:00'],
  ])('is understood: %s', (words, kind, date, time) => {
    expect(parseRepeat(words, NOW)).toMatchObject({ kind, startMs: atLocal(date, time) });
  });

  it.each(['6h30 thứ hai', '6h30 mai', 'mỗi thứ hai', '3 ngày liền', 'hằng tuần 6h'])(
    'is not guessed: %s',
    (words) => {
      expect(parseRepeat(words, NOW)).toBeNull();
    },
  );
});

describe('a series', () => {
  let world: BroadcastWorld;
  beforeEach(() => {
    world = createBroadcastWorld();
    world.join('ha', 'editor', 'approver');
    world.join('binh', 'approver');
    world.destinations.set('g', groupDestination('g'));
    world.state.nowMs = NOW;
  });

  const only = async (state: Series['state']): Promise<Series> => {
    const [series] = await world.ports.series.inState(state, 9);
    if (!series) throw new Error(`no series is ${state}`);
    return series;
  };
  async function approved(): Promise<Series> {
    const effect = world.from('ha');
    const repeat = daysInARow(atLocal('2024-03-19', '06:30'));
    for (let twice = 0; twice < 2; twice += 1) await submitRun(world.ports, effect, { ...draft, repeat });
    const series = await only('submitted');
    await approveRun(world.ports, world.from('binh'), series.id, series.contentHash);
    return only('active');
  }

  it('is shown whole with its first dates, approved once by somebody else, and makes no run before', async () => {
    await submitRun(world.ports, world.from('ha'), {
      ...draft,
      repeat: daysInARow(atLocal('2024-03-19', '06:30')),
    });
    await makeOccurrences(world.ports);
    expect(world.runs.size).toBe(0);
    const series = await only('submitted');
    expect(world.toldTo('binh')[0]).toContain(draft.body);
    expect(world.toldTo('binh')[0]).toContain('6 giờ 30 thứ Ba 19/3');
    await approveRun(world.ports, world.from('ha'), series.id, series.contentHash);
    expect((await only('submitted')).state).toBe('submitted');
  });

  it('makes each going-out once, by several processes, two days ahead, with its approval', async () => {
    const series = await approved();
    await Promise.all([makeOccurrences(world.ports), makeOccurrences(world.ports)]);
    await makeOccurrences(world.ports);
    expect([...world.runs.keys()]).toEqual([`${series.id}.20240319`, `${series.id}.20240320`]);
    for (const run of world.runs.values()) {
      expect(run).toMatchObject({ state: 'scheduled', seriesId: series.id, approverId: 'binh' });
      expect(isApproved(run, hash)).toBe(true);
    }
    world.state.nowMs += DAY_MS;
    await makeOccurrences(world.ports);
    expect(world.runs.size).toBe(3);
    expect((await only('ended')).id).toBe(series.id);
  });

  it('leaves out a skipped day and moves a moved one', async () => {
    const series = await approved();
    const atMs = atLocal('2024-03-19', '17:00');
    await world.ports.series.update(series.id, series.rev, {
      exceptions: [
        { date: '2024-03-19', kind: 'move', atMs },
        { date: '2024-03-20', kind: 'skip' },
      ],
    });
    await makeOccurrences(world.ports);
    expect([...world.runs.values()].map((run) => [run.id.slice(-8), run.sendAtMs])).toEqual([
      ['20240319', atMs],
    ]);
  });

  it('is stopped by its author: what waits is called off, nothing is made any more', async () => {
    const series = await approved();
    await makeOccurrences(world.ports);
    expect(world.toldTo('ha').join('\n')).toContain('0 Dừng cả loạt');
    const tap = world.from('ha');
    for (let twice = 0; twice < 2; twice += 1) await stopSeries(world.ports, tap, series.id);
    expect([...world.runs.values()].map((run) => run.state)).toEqual(['cancelled', 'cancelled']);
    world.state.nowMs += DAY_MS;
    await makeOccurrences(world.ports);
    expect(world.runs.size).toBe(2);
    expect(world.audited).toContain('series-stopped');
  });

  it.each<Partial<Series>>([
    { rule: daysInARow(atLocal('2024-03-19', '07:00')).rule },
    { audience: { channels: null, neighbourhoods: ['khu-1'], groups: null } },
    { posts: [] },
    { topicId: 'TT-02' },
    { approverId: 'ha' },
  ])('that was changed after its approval makes no run and asks again: %o', async (change) => {
    const series = await approved();
    await world.ports.series.update(series.id, series.rev, change);
    await makeOccurrences(world.ports);
    expect(world.runs.size).toBe(0);
    expect((await only('submitted')).approvedHash).toBeNull();
    expect(world.toldTo('ha').join('\n')).toContain('khác với bản đã duyệt');
  });
});
