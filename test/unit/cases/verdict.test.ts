import { expect, it } from 'vitest';
import { parseVerdict } from '#src/domain/cases/parse-verdict.ts';
import { fold } from '#src/domain/vietnamese/fold.ts';

it.each([
  ['đã sáng', 'done'],
  ['Đã sáng rồi cháu ạ', 'done'],
  ['da don sach roi', 'done'],
  ['hết ngập rồi', 'done'],
  ['vẫn hỏng', 'not-yet'],
  ['chưa sáng', 'not-yet'],
  ['không sáng', 'not-yet'],
  ['đèn lại tắt rồi', 'not-yet'],
  ['chưa được', 'not-yet'],
  ['ngõ bên cạnh có ổ gà', null],
  ['đã sáng rồi nhưng mà cái cột bên cạnh nhà tôi thì nghiêng', null],
] as const)('“%s” is %s', (words, expected) => {
  expect(parseVerdict(fold(words))).toBe(expected);
});
