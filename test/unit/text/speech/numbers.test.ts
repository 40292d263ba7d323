import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  decimalInWords,
  digitsInWords,
  numberInWords,
  ordinalInWords,
  romanValue,
} from '#src/domain/text/speech/numbers.ts';
import { heardNumber } from './parse-number.ts';
import { heard, words } from './words.ts';

/** A busy machine, not a slow reader. */
vi.setConfig({ testTimeout: 30_000 });

const BILLION = 1_000_000_000;
/** Small numbers, round ones and any, alike. */
const wholeNumber = fc.oneof(
  fc.nat(2_100),
  fc.nat(1_000_000),
  fc.integer({ min: 0, max: 1_000 * BILLION }),
  fc
    .tuple(fc.nat(999), fc.integer({ min: 0, max: 11 }))
    .map(([value, zeros]) => Math.min(value * 10 ** zeros, 1_000 * BILLION)),
);
const grouped = (value: number) => String(value).replace(/\B(?=(?:\d{3})+$)/gu, '.');

describe('a number said in words', () => {
  it.each([
    [0, 'không'],
    [4, 'bốn'],
    [5, 'năm'],
    [10, 'mười'],
    [14, 'mười bốn'],
    [15, 'mười lăm'],
    [20, 'hai mươi'],
    [21, 'hai mươi mốt'],
    [24, 'hai mươi tư'],
    [25, 'hai mươi lăm'],
    [100, 'một trăm'],
    [105, 'một trăm linh năm'],
    [110, 'một trăm mười'],
    [157, 'một trăm năm mươi bảy'],
    [1_000, 'một nghìn'],
    [1_005, 'một nghìn không trăm linh năm'],
    [2_024, 'hai nghìn không trăm hai mươi tư'],
    [10_001, 'mười nghìn không trăm linh một'],
    [1_000_000, 'một triệu'],
    [1_200_000, 'một triệu hai trăm nghìn'],
    [1_000_001, 'một triệu không trăm linh một'],
    [BILLION, 'một tỷ'],
    [2_050_000_000, 'hai tỷ không trăm năm mươi triệu'],
    [1_000 * BILLION, 'một nghìn tỷ'],
  ])('is read as in the north: %d', (value, spoken) => {
    expect(numberInWords(value, words)).toBe(spoken);
  });

  it('is understood as the same number by who listens, from 0 to 10^12', () => {
    fc.assert(
      fc.property(wholeNumber, (value) => {
        expect(heardNumber(numberInWords(value, words))).toBe(value);
      }),
      { numRuns: 3_000 },
    );
    for (let value = 0; value <= 3_000; value += 1)
      expect(heardNumber(numberInWords(value, words))).toBe(value);
  });

  it('is the same in a text, with or without points between the thousands', () => {
    fc.assert(
      fc.property(wholeNumber, (value) => {
        expect(heardNumber(heard(`tổng ${grouped(value)} hộ`).replace(/^Tổng | hộ$/gu, ''))).toBe(value);
      }),
      { numRuns: 500 },
    );
  });

  it('has its decimals after phẩy, each kept', () => {
    const decimals = fc.stringMatching(/^\d{1,6}$/u);
    fc.assert(
      fc.property(fc.nat(99_999), decimals, (whole, tail) => {
        const [head = '', spoken = ''] = heard(`tăng ${grouped(whole)},${tail}%`)
          .replace(/^Tăng | phần trăm$/gu, '')
          .split(' phẩy ');
        expect(heardNumber(head)).toBe(whole);
        const isNumber = tail.length === 1 || (tail.length === 2 && !tail.startsWith('0'));
        const digits = spoken.split(' ').map((word) => String(words.digits.indexOf(word)));
        expect(isNumber ? String(heardNumber(spoken)) : digits.join('')).toBe(tail);
      }),
    );
    expect(decimalInWords('98', '25', words)).toBe('chín mươi tám phẩy hai mươi lăm');
    expect(decimalInWords('0', '05', words)).toBe('không phẩy không năm');
  });

  it('is an ordinal after thứ: nhất and tư, else the number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (value) => {
        const spoken = heard(`lần thứ ${String(value)}`).replace(/^Lần thứ /u, '');
        expect(spoken).toBe(ordinalInWords(value, words));
        const expected: Readonly<Record<number, string>> = { 1: 'nhất', 4: 'tư' };
        if (expected[value] === undefined) expect(heardNumber(spoken)).toBe(value);
        else expect(spoken).toBe(expected[value]);
      }),
    );
  });

  it('with a zero first, or longer than any amount, is said digit by digit', () => {
    expect(digitsInWords('0147', words)).toBe('không một bốn bảy');
    expect(digitsInWords('12345678901234', words)).toBe(
      'một hai ba bốn năm sáu bảy tám chín không một hai ba bốn',
    );
    expect(digitsInWords('05', words)).toBe('năm');
  });

  it('is refused where it cannot be read', () => {
    for (const value of [-1, 1.5, 1_000_000_000_001, Number.NaN]) {
      expect(() => numberInWords(value, words)).toThrow(RangeError);
    }
  });
});

describe('a Roman numeral', () => {
  const roman = (value: number) => {
    const tens = ['', 'X', 'XX', 'XXX', 'XL', 'L', 'LX', 'LXX', 'LXXX', 'XC'][Math.floor(value / 10)] ?? '';
    const ones = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'][value % 10] ?? '';
    return tens + ones;
  };

  it('is understood from 1 to 99, and nothing else is one', () => {
    for (let value = 1; value < 100; value += 1) expect(romanValue(roman(value))).toBe(value);
    for (const letters of ['', 'IIII', 'VX', 'IC', 'XXL', 'A', 'CC']) expect(romanValue(letters)).toBeNull();
  });
});
