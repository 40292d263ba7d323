import { describe, expect, it } from 'vitest';
import { isoAtWard, minuteAtWard, parseDay, parseInstant } from '#src/main/commands/ward-time.ts';

const iso = (words: string): string | null => {
  const atMs = parseInstant(words);
  return atMs === null ? null : isoAtWard(atMs);
};

describe('an instant that an operator types', () => {
  it.each([
    ['2024-05-09', '2024-05-09T00:00:00.000+07:00'],
    ['2024-05-09T08:00', '2024-05-09T08:00:00.000+07:00'],
    ['2024-05-09 08:00:30', '2024-05-09T08:00:30.000+07:00'],
    ['2024-05-09T08:00Z', '2024-05-09T15:00:00.000+07:00'],
    ['2024-05-09T08:00:00.250+09:00', '2024-05-09T06:00:00.250+07:00'],
    ['2024-05-09t08:00z', '2024-05-09T15:00:00.000+07:00'],
    ['2024-02-29', '2024-02-29T00:00:00.000+07:00'],
  ])('%s is %s: without a zone it is the time of the ward', (words, expected) => {
    expect(iso(words)).toBe(expected);
  });

  it.each([
    '',
    'tomorrow',
    '09/05/2024',
    '2024-02-30',
    '2023-02-29',
    '2024-05-09T25:00',
    '2024-5-9',
    '20240509',
  ])('"%s" is none', (words) => {
    expect(parseInstant(words)).toBeNull();
  });

  it('is shown to people with its weekday', () => {
    expect(minuteAtWard(parseInstant('2024-05-10T16:45') ?? 0)).toBe('Fri 2024-05-10 16:45');
  });
});

describe('a day', () => {
  it('reaches from its first to its last millisecond at the ward', () => {
    const day = parseDay('2024-05-09');
    expect(day && [isoAtWard(day.fromMs), isoAtWard(day.toMs)]).toEqual([
      '2024-05-09T00:00:00.000+07:00',
      '2024-05-09T23:59:59.999+07:00',
    ]);
  });

  it('is nothing but a day of the calendar', () => {
    expect([parseDay('2024-02-30'), parseDay('2024-05-09T08:00'), parseDay('')]).toEqual([null, null, null]);
  });
});
