import { describe, expect, it } from 'vitest';
import { findNeighbourhoods } from '#src/domain/vietnamese/neighbourhoods.ts';
import { plan } from '#test/support/conversation.ts';

const known = plan.neighbourhoods;
const meant = (words: string) => findNeighbourhoods(words, known);
const ids = (...numbers: readonly string[]) => ({ kind: 'some', ids: numbers.map((one) => `khu-${one}`) });

describe('the neighbourhoods that somebody names', () => {
  it.each([
    ['khu 3', ids('3')],
    ['3', ids('3')],
    ['khu 3, khu 5A', ids('3', '5a')],
    ['Khu 5a và khu 3 ạ', ids('3', '5a')],
    ['các khu 1 đến 4', ids('1', '2', '3', '4')],
    ['khu 4 den khu 1', ids('1', '2', '3', '4')],
    ['1-3, 7', ids('1', '2', '3', '7')],
    ['khu 5 đến khu 6', ids('5', '5a', '6')],
    ['1 2 3', ids('1', '2', '3')],
    ['khu phố 8; kp9', ids('8', '9')],
    ['khu ba', ids('3')],
    ['khu năm a', ids('5a')],
    ['khu 5 A', ids('5a')],
    ['khu 5 ạ', ids('5')],
    ['khu 3 a', ids('3')],
    ['cả phường trừ khu 5A', ids('1', '2', '3', '4', '5', '6', '7', '8', '9')],
    ['chỉ gửi cho khu 2', ids('2')],
    ['khu 3, khu 3'.normalize('NFD'), ids('3')],
  ])('%s', (words, expected) => {
    expect(meant(words)).toEqual(expected);
  });

  it.each(['cả phường', 'TẤT CẢ', 'toan phuong'])('%s: everyone', (words) => {
    expect(meant(words)).toEqual({ kind: 'all' });
  });

  it.each([
    '',
    'khu',
    'khu 10',
    'khu 3, khu 12',
    'khu 3 hay khu 4',
    'khu 3 đến',
    'Mời bà con khu 3 đi họp',
    'khu 3 trừ khu 5',
    'trừ',
  ])('%s: nothing is guessed', (words) => {
    expect(meant(words)).toEqual({ kind: 'unclear' });
  });
});
