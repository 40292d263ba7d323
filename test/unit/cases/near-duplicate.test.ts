import { expect, it } from 'vitest';
import { mostAlike } from '#src/domain/cases/near-duplicate.ts';

const LAMP = 'đèn đường hỏng rồi cháu ơi. Tổ 5 Khu 3, đầu ngõ 12';

it.each([
  ['the same lane in other words', 'đèn ngõ 12 tắt mấy hôm nay, Tổ 5 Khu 3'],
  ['without tone marks', 'den duong ngo 12 khong sang'],
  ['the same group of houses', 'Tổ 5 Khu 3 tối om, đèn không sáng'],
  ['in decomposed letters', 'Đèn ngõ 12 hỏng'.normalize('NFD')],
])('knows one matter again: %s', (_, words) => {
  expect(mostAlike(words, [{ id: 'lamp', words: LAMP }])).toBe('lamp');
});

it.each([
  ['another lane', 'đèn đường hỏng rồi cháu ơi. Tổ 5 Khu 3, đầu ngõ 40'],
  ['another group of houses', 'đèn đường hỏng rồi cháu ơi. Tổ 9 Khu 3'],
  ['another pole in the same lane', 'đèn ngõ 12 cột số 9 nhấp nháy'],
  ['no place at all, and few words in common', 'đèn hỏng'],
])('keeps matters apart that only sound alike: %s', (_, words) => {
  const other = words.includes('cột') ? 'đèn ngõ 12 cột số 3 không sáng' : LAMP;
  expect(mostAlike(words, [{ id: 'lamp', words: other }])).toBeNull();
});

it('knows a matter without a number again by most of its words', () => {
  const first = 'rác chất đống trước cổng nhà văn hóa bốc mùi';
  expect(mostAlike('rác chất đống trước cổng nhà văn hóa mấy hôm rồi', [{ id: 'a', words: first }])).toBe(
    'a',
  );
  expect(mostAlike('rác trôi dưới cống sau chợ', [{ id: 'a', words: first }])).toBeNull();
});

it('takes the first of several, which has waited longest', () => {
  const both = ['first', 'second'].map((id) => ({ id, words: LAMP }));
  expect(mostAlike('đèn ngõ 12 Khu 3 tắt', both)).toBe('first');
});
