import { expect, it } from 'vitest';
import { openDuties } from '#src/domain/duties/open-duties.ts';
import { dueDays, monthsAhead } from '#src/domain/duties/year-ahead.ts';
import type { Duty } from '#src/domain/duty.ts';
import { at, calendar, chair, dung, head, member, opened, plan, staff } from './duty-world.ts';

const TODAY = '2024-03-18';
const planned = [2024, 2025].flatMap((year) =>
  openDuties(plan, year, staff, calendar, at('2024-03-18 09:00')),
);
const daysOf = (found: readonly Duty[], who = chair) => dueDays(found, planned, who, TODAY);

it('shows what is due in twelve months on its day, what is not opened yet too, and nothing twice', () => {
  const dates = daysOf([]).map(({ date }) => date);
  expect(dates).toContain('2024-05-09');
  expect(dates).toEqual([...new Set(dates)].sort());
  expect(dates.every((date) => date >= TODAY && date < '2025-03-01')).toBe(true);
  expect(daysOf([opened('DL-2.2024', 2024)])).toEqual(daysOf([]));
});

it('shows what was moved on its new day, and what is done not at all', () => {
  const duty = opened('DL-2.2024', 2024);
  const moved = { ...duty, dueAtMs: at('2024-05-20 23:59') };
  expect(daysOf([moved]).map(({ date }) => date)).toContain('2024-05-20');
  expect(daysOf([moved]).map(({ date }) => date)).not.toContain('2024-05-09');
  expect(daysOf([{ ...duty, state: 'done' }]).map(({ date }) => date)).not.toContain('2024-05-09');
});

it('shows each what is theirs: a leader the unit, the chairperson all, anybody else their own', () => {
  const other = member('xa', { unitId: 'culture-information' });
  expect(daysOf([], chair).length).toBeGreaterThan(0);
  expect(daysOf([], head).length).toBeGreaterThan(0);
  expect(daysOf([], dung).length).toBeGreaterThan(0);
  expect(daysOf([], other)).toEqual([]);
});

it('lays out twelve whole months, with days off and due days as they are', () => {
  const months = monthsAhead(calendar, daysOf([]), TODAY);
  expect(months.map(({ year, month }) => `${String(year)}-${String(month)}`)).toEqual([
    ...[
      '2024-3',
      '2024-4',
      '2024-5',
      '2024-6',
      '2024-7',
      '2024-8',
      '2024-9',
      '2024-10',
      '2024-11',
      '2024-12',
    ],
    ...['2025-1', '2025-2'],
  ]);
  expect(months.reduce((sum, { days }) => sum + days.length, 0)).toBe(365);
  const may = months[2]?.days ?? [];
  expect(may[8]).toEqual({ day: 9, weekday: 4, isOff: false, isDue: true });
  expect(may[0]).toMatchObject({ day: 1, isOff: true });
  // 4/5/2024 was worked in exchange for 29/4.
  expect(may[3]).toMatchObject({ day: 4, weekday: 6, isOff: false });
});
