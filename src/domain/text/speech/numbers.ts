import type { SpeechWords } from './speech-words.ts';

const MAX_NUMBER = 1_000_000_000_000;
/** More digits than any amount has: a code. */
const MAX_DIGITS = 13;

/** A whole number from 0 to 10^12 as it is read in the north. Throws a RangeError beyond. */
export function numberInWords(value: number, words: SpeechWords): string {
  if (!Number.isInteger(value) || value < 0 || value > MAX_NUMBER) {
    throw new RangeError('a whole number from 0 to 10^12');
  }
  if (value === 0) return words.digits[0] ?? '';
  const billions = Math.floor(value / 1_000_000_000);
  const rest = value % 1_000_000_000;
  const head = billions > 0 ? [...below(billions, false, words), words.word.billion] : [];
  return [...head, ...below(rest, billions > 0, words)].join(' ');
}

/** A number below 10^9; `padded` where something larger stands before it. */
function below(value: number, padded: boolean, words: SpeechWords): readonly string[] {
  const groups = [
    [Math.floor(value / 1_000_000), words.word.million],
    [Math.floor(value / 1_000) % 1_000, words.word.thousand],
    [value % 1_000, ''],
  ] as const;
  const spoken: string[] = [];
  for (const [group, unit] of groups) {
    if (group === 0) continue;
    spoken.push(...belowThousand(group, padded || spoken.length > 0, words));
    if (unit !== '') spoken.push(unit);
  }
  return spoken;
}

function belowThousand(value: number, padded: boolean, words: SpeechWords): readonly string[] {
  const digit = (at: number) => words.digits[at] ?? '';
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const spoken = hundreds > 0 || padded ? [digit(hundreds), words.word.hundred] : [];
  if (tens === 0) {
    if (ones === 0) return spoken;
    return spoken.length > 0 ? [...spoken, words.word.and, digit(ones)] : [digit(ones)];
  }
  spoken.push(...(tens === 1 ? [words.word.ten] : [digit(tens), words.word.tens]));
  if (ones === 1 && tens > 1) spoken.push(words.word.oneAfterTens);
  else if (ones === 4 && tens > 1) spoken.push(words.word.fourAfterTens);
  else if (ones === 5) spoken.push(words.word.fiveAfterTens);
  else if (ones > 0) spoken.push(digit(ones));
  return spoken;
}

/** After "thứ": nhất, hai, ba, tư, năm … hai mươi mốt. */
export function ordinalInWords(value: number, words: SpeechWords): string {
  if (value === 1) return words.word.first;
  return value === 4 ? words.word.fourth : numberInWords(value, words);
}

/** Digits as they stand in a text. A leading zero before two more, or more digits than an amount has, is a code. */
export function digitsInWords(digits: string, words: SpeechWords): string {
  const isCode = (digits.length > 2 && digits.startsWith('0')) || digits.length > MAX_DIGITS;
  const value = Number(digits);
  return isCode || value > MAX_NUMBER ? oneByOne(digits, words) : numberInWords(value, words);
}

/** "98", "25" → chín mươi tám phẩy hai mươi lăm. One or two decimals are said as a number, more or a zero first one by one. */
export function decimalInWords(whole: string, decimals: string, words: SpeechWords): string {
  const isNumber = decimals.length === 1 || (decimals.length === 2 && !decimals.startsWith('0'));
  const tail = isNumber ? digitsInWords(decimals, words) : oneByOne(decimals, words);
  return `${digitsInWords(whole, words)} ${words.word.decimal} ${tail}`;
}

/** Digit by digit: "113" → một một ba. */
export function oneByOne(digits: string, words: SpeechWords): string {
  return Array.from(digits, (digit) => words.digits[Number(digit)] ?? digit).join(' ');
}

/** The month after "tháng": the fourth is "tư". */
export function monthInWords(month: number, words: SpeechWords): string {
  return month === 4 ? words.word.fourth : numberInWords(month, words);
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
const ROMAN_SHAPE = /^(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/u;

/** I to XCIX, null for what is none. */
export function romanValue(letters: string): number | null {
  if (letters === '' || !ROMAN_SHAPE.test(letters)) return null;
  const values = Array.from(letters, (letter) => ROMAN[letter] ?? 0);
  return values.reduce((sum, value, at) => (value < (values[at + 1] ?? 0) ? sum - value : sum + value), 0);
}
