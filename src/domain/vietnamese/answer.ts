import { fold } from './fold.ts';

const NUMBER_WORDS: Readonly<Record<string, string>> = {
  mot: '1',
  hai: '2',
  ba: '3',
  bon: '4',
  nam: '5',
  sau: '6',
  bay: '7',
  tam: '8',
  chin: '9',
};

const POLITE = /\b(a|nhe|nha|oi|chau|em|anh|chi|ong|ba|bac|vang|da|thua|so|chon|nhan|muc|cau|viec)\b/gu;
const YES = new Set([
  'ok',
  'oke',
  'okie',
  'okay',
  'da',
  'vang',
  'u',
  'uh',
  'dong y',
  'duoc',
  'co',
  'dung',
  'phai',
  'roi',
  'xong',
  'da xong',
]);

/**
 * The number that somebody meant by "1", "số 1", "1.", "một ạ", "1️⃣"; "1" also for "ok", "dạ", 👍, since the first choice
 * is always the one that goes on. Null when the words are no answer of this kind.
 */
export function answerNumber(words: string): string | null {
  if (/^(👍|✅|👌)[\u{1F3FB}-\u{1F3FF}\uFE0F]*$/u.test(words.trim())) return '1';
  const key = fold(words.replace(/[\uFE0F\u20E3]/gu, ''))
    .replace(/[.,!?…)(:/"']+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (YES.has(key)) return '1';
  // "ba" is both the number three and "bà": alone it is the number, beside another word it is politeness.
  const bare = NUMBER_WORDS[key];
  if (bare !== undefined) return bare;
  const rest = key.replace(POLITE, ' ').replace(/\s+/gu, ' ').trim();
  const digits = /^\d{1,2}$/u.exec(rest);
  if (digits) return String(Number(rest));
  return NUMBER_WORDS[rest] ?? (/\bso ba\b/u.test(key) && rest === '' ? '3' : null);
}
