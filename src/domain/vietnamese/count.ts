import { fold } from './fold.ts';

const NONE = /^(?:khong|ko|kg|k|chua)(?: co)?(?: (?:ho so|ket qua|cai))?(?: nao)?(?: ca| het)?$/u;
const WORDS: readonly string[] = [
  ...['khong', 'mot', 'hai', 'ba', 'bon', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi'],
];
/** Beside these a number is a part, a guess or a shorthand for another one. */
const NOT_EXACT =
  /[%/~]|-\s*\d|\d\s*[-,.]\s*\d|\d\s*(?:k|tr|nghin|ngan|tram|chuc)\b|\b(?:khoang|tam|hon|gan|tren|duoi|chung)\b/u;
const POLITE = /\b(?:da|vang|thua|a|nhe|nha|anh|chi)\b/gu;

/**
 * The count that somebody typed: "120", "120 hồ sơ ạ", "1.250", "không có", "ba". Null where it is none, more than one, a guess
 * or a fraction.
 */
export function readCount(words: string): number | null {
  const said = fold(words.normalize('NFKC'))
    .replace(/(?<=\d)[.,\u202F](?=\d{3}(?!\d))/gu, '')
    .replace(/[.!?…]+$/u, '');
  const rest = said.replace(POLITE, ' ').replace(/\s+/gu, ' ').trim();
  if (NONE.test(rest)) return 0;
  const word = WORDS.indexOf(rest.replace(/ (?:ho so|ket qua|cai)$/u, ''));
  if (word >= 0) return word;
  const [number, ...others] = said.match(/\d+/gu) ?? [];
  if (number === undefined || others.length > 0 || NOT_EXACT.test(said)) return null;
  return Number(number);
}

/** `1250` as people write it: "1.250". */
export const humanCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/gu, '.');
