import { describe, expect, it } from 'vitest';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { openDuties } from '#src/domain/duties/open-duties.ts';
import type { Duty } from '#src/domain/duty.ts';
import { boardWeeks, concernsOf, onTimePercent } from '#src/domain/procedures/board.ts';
import { boardOf, dutyIdOf, type FiguresEntry, weekAskedBy } from '#src/domain/procedures/figures.ts';
import { plan } from '#test/support/conversation.ts';
import { calendar } from '../duties/duty-world.ts';

const board = boardOf(plan);
if (!board) throw new Error('the plan keeps no board');

const entry = (week: string, overdue: number, over: Partial<FiguresEntry> = {}): FiguresEntry => ({
  ...{ id: `${week} ${String(overdue)}`, week, atMs: atLocal(week, '16:00'), by: 'lan', why: null },
  ...{ received: 10, onTime: 9, late: 1, overdue },
  ...over,
});

/** The duties that ask, as they open from a day on. */
const askedFrom = (day: string): readonly Duty[] =>
  openDuties(plan, 2024, [], calendar, atLocal(day, '00:00'), 'all').filter(
    ({ ruleId }) => ruleId === board.routineId,
  );

const seenOn = (
  today: string,
  entries: readonly FiguresEntry[],
  duties = askedFrom('2024-02-26'),
  most = 8,
) => boardWeeks(board, entries, duties, { nowMs: atLocal(today, '09:00'), today, most });

const states = (weeks: ReturnType<typeof seenOn>) => weeks.map(({ week, state }) => `${week} ${state}`);

describe('the board', () => {
  it('shows the last weeks, the newest first, and says of each without figures how it stands', () => {
    expect(states(seenOn('2024-03-18', [entry('2024-03-04', 2)]))).toEqual([
      '2024-03-18 pending',
      '2024-03-11 missing',
      '2024-03-04 written',
      '2024-02-26 missing',
    ]);
  });

  it('begins with the first week that was asked for or written down, and goes back so far at most', () => {
    expect(states(seenOn('2024-03-20', [], []))).toEqual(['2024-03-18 not-asked']);
    expect(states(seenOn('2024-03-20', [entry('2024-03-11', 1)], []))).toHaveLength(2);
    expect(seenOn('2024-06-20', [])).toHaveLength(8);
  });

  it('misses nothing of a week that was a holiday, or was called off', () => {
    const without = askedFrom('2026-02-01').filter(({ id }) => id !== dutyIdOf(board, '2024-03-11'));
    expect(seenOn('2024-03-20', [entry('2024-03-04', 1)], without)[1]?.state).toBe('not-asked');
    const cancelled = askedFrom('2024-02-26').map((duty) => ({ ...duty, state: 'cancelled' as const }));
    expect(seenOn('2024-03-20', [], cancelled)[1]?.state).toBe('not-asked');
  });

  it('counts the last entry of a week and keeps those before it', () => {
    const first = entry('2024-03-11', 30);
    const second = entry('2024-03-11', 3, { atMs: first.atMs + 1, by: 'nam' });
    const [, row] = seenOn('2024-03-18', [second, first]);
    expect(row).toMatchObject({ entry: { overdue: 3, by: 'nam' }, entries: [first, second] });
  });

  it('compares with the last week that has figures, whichever that is, also one that is shown no more', () => {
    const weeks = seenOn('2024-03-18', [
      entry('2024-02-26', 1),
      entry('2024-03-11', 4),
      entry('2024-03-18', 4),
    ]);
    expect(weeks.map(({ trend }) => trend)).toEqual([
      { by: 0, week: '2024-03-11', isWeekBefore: true },
      { by: 3, week: '2024-02-26', isWeekBefore: false },
      null,
      null,
    ]);
    const [, row] = seenOn('2024-03-18', [entry('2024-03-04', 5), entry('2024-03-11', 4)], [], 2);
    expect(row?.trend?.by).toBe(-1);
  });
});

describe('the rate', () => {
  it('is of what was given back, never rounded up, and none where nothing was', () => {
    expect(onTimePercent({ onTime: 110, late: 5 })).toBe(95.6);
    expect(onTimePercent({ onTime: 9_999, late: 1 })).toBe(99.9);
    expect(onTimePercent({ onTime: 4, late: 0 })).toBe(100);
    expect(onTimePercent({ onTime: 0, late: 3 })).toBe(0);
    expect(onTimePercent({ onTime: 0, late: 0 })).toBeNull();
  });
});

describe('what those who watch must hear', () => {
  it('is a week that is over, without figures or with more overdue than before', () => {
    const entries = [entry('2024-02-26', 2), entry('2024-03-04', 5), entry('2024-03-18', 9)];
    const weeks = seenOn('2024-03-18', entries);
    expect(concernsOf(weeks, '2024-03-18').map(({ week, state }) => `${week} ${state}`)).toEqual([
      '2024-03-11 missing',
      '2024-03-04 written',
    ]);
    expect(concernsOf(weeks, '2024-03-25').map(({ week }) => week)).toContain('2024-03-18');
  });

  it('is nothing where fewer are overdue, or as many', () => {
    const weeks = seenOn('2024-03-18', [
      entry('2024-02-26', 2),
      entry('2024-03-04', 2),
      entry('2024-03-11', 1),
    ]);
    expect(concernsOf(weeks, '2024-03-18')).toEqual([]);
  });
});

describe('the duty that asks', () => {
  it('names the week in which its day lies', () => {
    expect(weekAskedBy(board, 'NV-9.2024-03-15')).toBe('2024-03-11');
    expect(dutyIdOf(board, '2024-03-11')).toBe('NV-9.2024-03-15');
    expect(weekAskedBy(board, 'NV-90.2024-03-15')).toBeNull();
    expect(weekAskedBy(board, 'DL-2.2024')).toBeNull();
  });

  it('is not there where the ward keeps no board', () => {
    expect(boardOf({ ...plan, procedures: null })).toBeNull();
  });
});
