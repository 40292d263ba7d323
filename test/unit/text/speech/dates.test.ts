import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { heardNumber } from './parse-number.ts';
import { heard } from './words.ts';

/** A busy machine, not a slow reader. */
vi.setConfig({ testTimeout: 30_000 });

const day = fc.integer({ min: 1, max: 31 });
const month = fc.integer({ min: 1, max: 12 });
const year = fc.integer({ min: 1945, max: 2099 });
const two = (value: number) => String(value).padStart(2, '0');

function heardDate(spoken: string): { day: number; month: number; year?: number } {
  const found = /^Ngày (mùng )?(.+?) tháng (.+?)(?: năm (hai nghìn|một nghìn)(.*))?$/u.exec(spoken);
  if (!found) throw new Error(`no date: ${spoken}`);
  const [, early, dayWords = '', monthWords = '', thousand, rest = ''] = found;
  const value = heardNumber(dayWords);
  expect(early !== undefined).toBe(value <= 10);
  return {
    day: value,
    month: monthWords === 'tư' ? 4 : heardNumber(monthWords),
    ...(thousand === undefined ? {} : { year: heardNumber(`${thousand}${rest}`) }),
  };
}

describe('a date said in words', () => {
  it('is understood as the same day, however it is written', () => {
    fc.assert(
      fc.property(day, month, year, (d, m, y) => {
        const expected = { day: d, month: m, year: y };
        const written = [
          `${String(d)}/${String(m)}/${String(y)}`,
          `ngày ${two(d)}/${two(m)}/${String(y)}`,
          `${two(d)}-${two(m)}-${String(y)}`,
          `${two(d)}.${two(m)}.${String(y)}`,
          `${String(y)}-${two(m)}-${two(d)}`,
          `ngày ${String(d)} tháng ${String(m)} năm ${String(y)}`,
        ];
        for (const one of written) expect(heardDate(heard(one))).toEqual(expected);
      }),
    );
  });

  it('without a year is understood, too, after the words that stand before dates', () => {
    fc.assert(
      fc.property(day, month, fc.constantFrom('ngày', 'trước', 'từ', 'hết', 'đến'), (d, m, before) => {
        const spoken = heard(`${before} ${String(d)}/${String(m)}`);
        const dated = before === 'ngày' ? spoken : spoken.replace(/^\p{L}+ n/u, 'N');
        expect(heardDate(dated)).toEqual({ day: d, month: m });
      }),
    );
  });

  it.each([
    ['ngày 01/7', 'Ngày mùng một tháng bảy'],
    ['tháng 4', 'Tháng tư'],
    ['tháng 04/2024', 'Tháng tư năm hai nghìn không trăm hai mươi tư'],
    ['mùng 3 tháng 3', 'Mùng ba tháng ba'],
    ['4 tháng, 5 ngày', 'Bốn tháng, năm ngày'],
    ['mỗi ngày 2 lần', 'Mỗi ngày hai lần'],
    ['ngày 5 hằng tháng', 'Ngày mùng năm hằng tháng'],
    ['từ 15-20/3', 'Từ ngày mười lăm đến ngày hai mươi tháng ba'],
    ['dịp lễ 30/4-1/5', 'Dịp lễ ngày ba mươi tháng tư đến ngày mùng một tháng năm'],
    ['thứ 2, 4, 6 hằng tuần', 'Thứ hai, tư, sáu hằng tuần'],
    ['thứ 2 - thứ 6', 'Thứ hai đến thứ sáu'],
    ['T7, CN', 'Thứ bảy, chủ nhật'],
  ])('%s', (written, spoken) => {
    expect(heard(written)).toBe(spoken);
  });
});

describe('a part of a whole', () => {
  it.each([
    ['ít nhất 2/3 số hộ', 'Ít nhất hai phần ba số hộ'],
    ['2/3 hộ đồng ý', 'Hai phần ba hộ đồng ý'],
    ['họp ngày 2/3 tại nhà văn hóa', 'Họp ngày mùng hai tháng ba tại nhà văn hóa'],
    ['18/22 tổ', 'Mười tám trên hai mươi hai tổ'],
    ['số nhà 12/5', 'Số nhà mười hai trên năm'],
  ])('is told from a date: %s', (written, spoken) => {
    expect(heard(written)).toBe(spoken);
  });
});

describe('a time of day', () => {
  it('is understood as the same hour and minute, however it is written', () => {
    fc.assert(
      fc.property(fc.nat(23), fc.nat(59), (hour, minute) => {
        const expected = minute === 0 ? [hour] : [hour, minute];
        const written = [
          `${String(hour)}h${two(minute)}`,
          `${String(hour)}g${two(minute)}`,
          `${two(hour)}:${two(minute)}`,
          `${String(hour)} giờ ${two(minute)}`,
          `${two(hour)} giờ ${two(minute)} phút`,
          `${String(hour)}h${two(minute)}'`,
        ];
        for (const one of written) {
          const parts = heard(`lúc ${one}`)
            .replace(/^Lúc | phút$/gu, '')
            .split(/ giờ ?/u)
            .filter(Boolean);
          expect(parts.map(heardNumber)).toEqual(expected);
        }
      }),
    );
  });

  it.each([
    ['từ 7h30-11h30', 'Từ bảy giờ ba mươi phút đến mười một giờ ba mươi phút'],
    ['17h', 'Mười bảy giờ'],
    ['5 giờ chiều', 'Năm giờ chiều'],
    ["khoảng 15'", 'Khoảng mười lăm phút'],
  ])('%s', (written, spoken) => {
    expect(heard(written)).toBe(spoken);
  });
});
