import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWhen } from '#src/domain/text/parse-when.ts';
import { fold } from '#src/domain/vietnamese/fold.ts';

const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;
/** Wednesday 13 March 2024, 10:00 at the ward. */
const NOW_MS = Date.UTC(2024, 2, 13, 3, 0);

const local = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms + OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
const when = (words: string, nowMs = NOW_MS): string | null => local(parseWhen(words, nowMs));

const MEANT: readonly (readonly [string, string])[] = [
  ['17h', '2024-03-13 17:00'],
  ['6h30', '2024-03-14 06:30'],
  ['6 giờ 30', '2024-03-14 06:30'],
  ['06:30', '2024-03-14 06:30'],
  ['6 giờ 5 phút', '2024-03-14 06:05'],
  ['6g30 nhé em', '2024-03-14 06:30'],
  ['10h', '2024-03-14 10:00'],
  ['6h30 thứ hai', '2024-03-18 06:30'],
  ['6h T2', '2024-03-18 06:00'],
  ['thứ 2, 6h', '2024-03-18 06:00'],
  ['thứ bảy 6h', '2024-03-16 06:00'],
  ['7h CN', '2024-03-17 07:00'],
  ['11h thứ tư', '2024-03-13 11:00'],
  ['9h thứ tư', '2024-03-20 09:00'],
  ['7h thứ hai tới', '2024-03-18 07:00'],
  ['7h thứ tư tuần sau', '2024-03-20 07:00'],
  ['6h30 sáng thứ sáu tuần tới', '2024-03-22 06:30'],
  ['6 rưỡi sáng mai', '2024-03-14 06:30'],
  ['7 giờ rưỡi ngày mai', '2024-03-14 07:30'],
  ['mai 6h30', '2024-03-14 06:30'],
  ['ngày kia 17h', '2024-03-15 17:00'],
  ['ngày mốt lúc 17h', '2024-03-15 17:00'],
  ['06:30 18/3', '2024-03-18 06:30'],
  ['18/3 lúc 6h30', '2024-03-18 06:30'],
  ['6h 18/3', '2024-03-18 06:00'],
  ['6h30 18-3', '2024-03-18 06:30'],
  ['18/3/2024 6:30', '2024-03-18 06:30'],
  ['18/3/24 6:30', '2024-03-18 06:30'],
  ['2024-03-18 06:30', '2024-03-18 06:30'],
  ['6 giờ 30 thứ Hai 18/3', '2024-03-18 06:30'],
  ['6h30 ngày 18 tháng 3 năm 2024', '2024-03-18 06:30'],
  ['17h ngày 20', '2024-03-20 17:00'],
  ['17h ngày 12', '2024-04-12 17:00'],
  ['2 giờ chiều', '2024-03-13 14:00'],
  ['14h chiều nay', '2024-03-13 14:00'],
  ['8 giờ tối nay', '2024-03-13 20:00'],
  ['12h trưa mai', '2024-03-14 12:00'],
  ['1h trưa mai', '2024-03-14 13:00'],
  ['10 giờ đêm', '2024-03-13 22:00'],
];

describe('parseWhen', () => {
  it.each(MEANT)('understands “%s” as %s', (words, meant) => {
    expect(when(words)).toBe(meant);
  });

  it('understands the same words without tone marks, in capitals and decomposed', () => {
    const needsTones = /tới/u;
    for (const [words, meant] of MEANT) {
      expect(when(words.toUpperCase()), words).toBe(meant);
      expect(when(words.normalize('NFD')), words).toBe(meant);
      if (!needsTones.test(words)) expect(when(fold(words)), words).toBe(meant);
    }
  });

  it.each([
    '',
    'thứ hai',
    '18/3',
    'sáng mai',
    '25h',
    '6h75',
    '32/1 6h',
    '30/2 6h',
    '6h 29/2/2023',
    '6h 18/13',
    '6h hoặc 7h',
    '6h-7h mai',
    '15 giờ sáng',
    '12 giờ đêm',
    '2 giờ nữa',
    '7 giờ kém 15',
    '6h tuần sau',
    '6h ngày 5 tháng sau',
    '6h thứ ba 18/3',
    '6h mai 18/3',
  ])('never guesses at “%s”', (words) => {
    expect(when(words)).toBeNull();
  });

  it('gives back a time that has passed, for the caller to refuse', () => {
    expect(when('6h30 1/3')).toBe('2024-03-01 06:30');
    expect(when('9h hôm nay')).toBe('2024-03-13 09:00');
    expect(when('9h sáng nay')).toBe('2024-03-13 09:00');
    expect(when('7h hôm qua')).toBe('2024-03-12 07:00');
  });

  it('takes a January date said in December for next year’s, and crosses years and leap days', () => {
    const december = Date.UTC(2024, 11, 30, 3, 0);
    expect(when('6h30 5/1', december)).toBe('2025-01-05 06:30');
    expect(when('6h30 ngày 5', december)).toBe('2025-01-05 06:30');
    expect(when('6h30 ngày kia', december)).toBe('2025-01-01 06:30');
    expect(when('6h30 mai', Date.UTC(2024, 1, 28, 3, 0))).toBe('2024-02-29 06:30');
  });

  it('counts the day of the ward, not of Greenwich', () => {
    const afterMidnight = Date.UTC(2024, 2, 13, 17, 30);
    expect(when('6h30', afterMidnight)).toBe('2024-03-14 06:30');
    expect(when('6h30 mai', afterMidnight)).toBe('2024-03-15 06:30');
  });

  const anyNow = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2034, 0, 1) });
  const anyMinute = fc.record({ hour: fc.nat({ max: 23 }), minute: fc.nat({ max: 59 }) });
  const two = (value: number): string => String(value).padStart(2, '0');

  it('reads back every written form of every instant of the next months', () => {
    fc.assert(
      fc.property(anyNow, fc.integer({ min: 1, max: 150 }), anyMinute, (nowMs, days, { hour, minute }) => {
        const today = Math.floor((nowMs + OFFSET_MS) / DAY_MS);
        const atMs = (today + days) * DAY_MS - OFFSET_MS + (hour * 60 + minute) * 60_000;
        const date = new Date(atMs + OFFSET_MS);
        const day = String(date.getUTCDate());
        const month = String(date.getUTCMonth() + 1);
        const year = String(date.getUTCFullYear());
        const time = `${String(hour)}h${two(minute)}`;
        for (const words of [
          `${time} ${day}/${month}`,
          `${day}/${month} lúc ${String(hour)} giờ ${two(minute)}`,
          `${day}/${month}/${year} ${two(hour)}:${two(minute)}`,
          `${time} ngày ${day} tháng ${month} năm ${year}`,
          `gui luc ${time} ngay ${day}-${month} nhe`,
        ]) {
          expect(local(parseWhen(words, nowMs)), words).toBe(local(atMs));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('knows the 29th of February in the winter before a leap year, and no other', () => {
    expect(local(parseWhen('6h30 29/2', Date.UTC(2027, 11, 20)))).toBe('2028-02-29 06:30');
    expect(parseWhen('6h30 29/2', Date.UTC(2025, 11, 20))).toBeNull();
    expect(parseWhen('6h30 31/4', Date.UTC(2025, 11, 20))).toBeNull();
  });

  it('without a day is always within the next 24 hours, with a weekday within the next seven days', () => {
    const weekdays = ['chủ nhật', 'thứ hai', 'thứ ba', 'thứ tư', 'thứ năm', 'thứ sáu', 'thứ bảy'] as const;
    fc.assert(
      fc.property(anyNow, anyMinute, fc.nat({ max: 6 }), (nowMs, { hour, minute }, weekday) => {
        const time = `${String(hour)}h${two(minute)}`;
        const bare = parseWhen(time, nowMs) ?? 0;
        expect(bare).toBeGreaterThan(nowMs);
        expect(bare).toBeLessThanOrEqual(nowMs + DAY_MS);
        const named = parseWhen(`${time} ${weekdays[weekday] ?? ''}`, nowMs) ?? 0;
        expect(named).toBeGreaterThan(nowMs);
        expect(named).toBeLessThanOrEqual(nowMs + 7 * DAY_MS);
        expect(new Date(named + OFFSET_MS).getUTCDay()).toBe(weekday);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, and gives whole minutes or nothing, whatever is written', { timeout: 30_000 }, () => {
    const token = fc.constantFrom(
      ...[
        '6h',
        '6h30',
        '6:30',
        '99h',
        '18/3',
        '0/0',
        '31/11',
        '2024',
        '-',
        '/',
        'thứ',
        'hai',
        'tuần',
        'sau',
        'ngày',
      ],
      ...[
        '31',
        'tháng',
        '2',
        'tối',
        'sáng',
        'mai',
        'nay',
        'rưỡi',
        'kia',
        'cn',
        't8',
        '29/2/2100',
        '1/1/0001',
      ],
    );
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(token).map((tokens) => tokens.join(' ')),
    );
    fc.assert(
      fc.property(words, anyNow, (text, nowMs) => {
        const ms = parseWhen(text, nowMs);
        if (ms !== null) expect(ms % 60_000).toBe(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
