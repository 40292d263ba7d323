import { digitsInWords, numberInWords, oneByOne, ordinalInWords, romanValue } from './numbers.ts';
import { alternatives, endsWith, type Found, type Reader } from './scan.ts';
import type { SpeechWords } from './speech-words.ts';
import { isSyllable } from './syllable.ts';

const BEFORE_ROMAN =
  /(?<!\p{L})(?:khóa|khoá|quý|điều|chương|phần|mục|thứ|lần|kỳ|đại hội|loại|hạng|cấp|thế kỷ|phụ lục|nhóm|tập|vùng|đợt|giai đoạn|bậc|tháng|\p{Lu}+\s?(?:-|–|,|và))\s*$/iu;
const AFTER_ORDINAL = /(?<!\p{L})thứ\s+$/iu;

/** Short forms, Roman numerals, Khu 5A, words of other languages, and letters that nobody has explained. */
export function nameReaders(words: SpeechWords): readonly Reader[] {
  return [...shortFormReaders(words), romanReader(words), mixedReader(words), ...wordReaders(words)];
}

function shortFormReaders(words: SpeechWords): readonly Reader[] {
  const forms = [...words.shortForms.keys()];
  const closed = alternatives(forms.filter((one) => /[\p{L}\d]$/u.test(one)));
  const open = alternatives(forms.filter((one) => !/[\p{L}\d]$/u.test(one)));
  const pairs = alternatives(words.pairs.keys());
  const spoken = (written: string) => words.shortForms.get(written) ?? null;
  return [
    {
      pattern: new RegExp(`(?<![\\p{L}\\d])(?:${pairs})(?![\\p{L}\\d])`, 'iuy'),
      say: ({ groups: [written = ''] }) =>
        likeIts(written, words.pairs.get(written.toLowerCase()) ?? written),
    },
    {
      pattern: new RegExp(`(?<![\\p{L}\\d])(?:${open})`, 'uy'),
      say: ({ groups: [written = ''], after }) => {
        const full = spoken(written);
        return full !== null && /^[\p{L}\d]/u.test(after) ? `${full} ` : full;
      },
    },
    {
      pattern: new RegExp(`(?<![\\p{L}\\d])(?:${closed})(?![\\p{L}\\d])`, 'uy'),
      say: ({ groups: [written = ''] }) => spoken(written),
    },
  ];
}

/** Khóa XI, lần thứ IV; elsewhere only what is surely a numeral: II, III, IV, VI to IX, XI and on. */
function romanReader(words: SpeechWords): Reader {
  return {
    pattern: /(?<![\p{L}\d])[IVXLC]+(?![\p{L}\d])/uy,
    say({ groups: [letters = ''], before }) {
      const value = romanValue(letters);
      if (value === null) return null;
      if (endsWith(before, AFTER_ORDINAL)) return ordinalInWords(value, words);
      const isSure = letters.length > 1 && /^[IVX]+$/u.test(letters);
      return isSure || endsWith(before, BEFORE_ROMAN) ? numberInWords(value, words) : null;
    },
  };
}

/** Khu 5A, lô B12: letters by their names, numbers as numbers. */
function mixedReader(words: SpeechWords): Reader {
  return {
    pattern: /(?<![\p{L}\d])(?:\d+[A-ZĐa-e]|[A-ZĐ]{1,3}\d)[A-ZĐ\d]*(?![\p{L}\d])/uy,
    say: ({ groups: [written = ''] }) =>
      (written.match(/\d+|\p{L}/gu) ?? [])
        .map((part) => (/\d/u.test(part) ? numberOf(part, words) : letterName(part, words)))
        .join(' '),
  };
}

const numberOf = (digits: string, words: SpeechWords) =>
  digits.length > 3 ? oneByOne(digits, words) : digitsInWords(digits, words);

/** B is bê; A is A, and stays a capital for the eye. */
function letterName(letter: string, words: SpeechWords): string {
  const name = words.letters.get(letter.toLowerCase()) ?? letter;
  return name === letter.toLowerCase() ? letter : name;
}

function wordReaders(words: SpeechWords): readonly Reader[] {
  return [
    {
      pattern: /[\p{Script=Latin}&&\p{L}][[\p{Script=Latin}&&\p{L}]\p{M}]*/vy,
      say(found) {
        const [written = ''] = found.groups;
        const lower = written.toLowerCase();
        const foreign = words.foreign.get(lower);
        if (foreign !== undefined) return likeIts(written, foreign);
        if (isSyllable(lower)) return ownWord(found, written, words);
        // Typed in haste: ubnd, Hđnd.
        const full = words.shortForms.get(written.toUpperCase());
        if (full !== undefined) return full;
        const canSpell = Array.from(lower).every((letter) => words.letters.has(letter));
        return canSpell && (/^\p{Lu}+$/u.test(written) || lower.length === 1)
          ? spelled(found, written, words)
          : kept(found, written);
      },
    },
    {
      // Other scripts: nobody here can read them aloud.
      pattern: /[\p{L}\p{M}]+/uy,
      say({ groups: [written = ''], doubt }) {
        doubt({ kind: 'dropped', written, spoken: '' });
        return ' ';
      },
    },
  ];
}

/** A word in capitals is said like any other. Alone among small letters and without a tone it may be a short form. */
function ownWord(found: Found, written: string, words: SpeechWords): string {
  if (written.length === 1)
    return endsWith(found.before, /[\p{L}\d]\s$/u) ? oneLetter(written, words) : written;
  if (!/^\p{Lu}+$/u.test(written)) return written;
  const lower = written.toLowerCase();
  const isAlone = !/\p{Lu}{2}[^\p{L}]*$/u.test(found.before) && !/^[^\p{L}]*\p{Lu}{2}/u.test(found.after);
  if (isAlone && /^[a-z]{2,4}$/u.test(lower)) found.doubt({ kind: 'foreign', written, spoken: lower });
  return lower;
}

/** "Hội trường A" is the letter's name; "Ở", "Ý" and "ô" are words. */
const oneLetter = (written: string, words: SpeechWords) =>
  /^[A-Z]$/u.test(written) ? letterName(written, words) : written;

function spelled(found: Found, written: string, words: SpeechWords): string {
  const spoken = Array.from(written.toLowerCase(), (letter) => letterName(letter, words)).join(' ');
  if (written.length > 1) found.doubt({ kind: 'spelled', written, spoken });
  return spoken;
}

function kept(found: Found, written: string): string {
  found.doubt({ kind: 'foreign', written, spoken: written });
  return written;
}

/** A capital stays a capital. */
function likeIts(written: string, spoken: string): string {
  return /^\p{Lu}/u.test(written) ? spoken.charAt(0).toUpperCase() + spoken.slice(1) : spoken;
}
