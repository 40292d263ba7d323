import { describe, expect, it } from 'vitest';
import { humanCount, readCount } from '#src/domain/vietnamese/count.ts';

describe('a count as people type it', () => {
  it.each([
    ['120', 120],
    ['0', 0],
    ['120 hồ sơ ạ', 120],
    ['dạ 7', 7],
    ['1.250', 1_250],
    ['1,250', 1_250],
    ['1.250.000', 1_250_000],
    ['１２', 12],
    ['8.', 8],
    ['không', 0],
    ['khong co', 0],
    ['ko có hồ sơ nào', 0],
    ['chưa có ạ', 0],
    ['ba', 3],
    ['mười hồ sơ', 10],
  ])('“%s” is %i', (words, count) => {
    expect(readCount(words)).toBe(count);
  });

  it.each([
    ['', 'nothing'],
    ['dạ', 'no number'],
    ['120 115', 'two numbers, which are not one large one'],
    ['12/3', 'a day'],
    ['-3', 'less than none'],
    ['1,5', 'a fraction'],
    ['1.25', 'a fraction'],
    ['98%', 'a part'],
    ['khoảng 100', 'a guess'],
    ['hơn 100', 'a guess'],
    ['12k', 'a shorthand'],
    ['chưa biết', 'not none'],
    ['không rõ', 'not none'],
  ])('“%s” is none: %s', (words) => {
    expect(readCount(words)).toBeNull();
  });

  it('is written with a point between thousands', () => {
    expect([0, 999, 1_250, 1_250_000].map(humanCount)).toEqual(['0', '999', '1.250', '1.250.000']);
  });
});
