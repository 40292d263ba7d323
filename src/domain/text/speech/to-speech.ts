import { tidy } from '../../vietnamese/fold.ts';
import { numberInWords, romanValue } from './numbers.ts';
import { amountReaders, leftoverReader } from './read-amounts.ts';
import { dateReaders, timeReaders } from './read-dates.ts';
import { documentReaders } from './read-documents.ts';
import { nameReaders } from './read-names.ts';
import { linkReaders, symbolReaders } from './read-symbols.ts';
import { scan, type Reader } from './scan.ts';
import { shapeLine } from './sentences.ts';
import type { Doubt, SpeechWords } from './speech-words.ts';

export interface Speech {
  /** Only letters, spaces, line breaks and . , ; : ? ! */
  readonly text: string;
  /** What a person should look at first; each once. */
  readonly doubts: readonly Doubt[];
}

/**
 * A text as it is read aloud in the north: short forms in full, dates, times, amounts and numbers in words, each line as
 * sentences short enough to breathe. Nothing unknown is left standing: letters that no table explains are spelt and, like
 * words of other languages, told in `doubts`.
 */
export function toSpeech(text: string, words: SpeechWords): Speech {
  const readers = readersOf(words);
  const doubts = new Map<string, Doubt>();
  const doubt = (one: Doubt) =>
    doubts.set(`${one.kind} ${one.written}`, doubts.get(`${one.kind} ${one.written}`) ?? one);
  // ², ﬁ, full-width digits: as they are said.
  const lines = tidy(text.replaceAll('º', '°'))
    .normalize('NFKC')
    .replaceAll('⁄', '/')
    .split('\n')
    .map((line) => {
      const { opening, rest } = withoutMark(line, words);
      const spoken = shapeLine(scan(rest, readers, doubt), words, doubt);
      // A comma stays where it was written at the end of a line: after "Kính thưa ông bà". An item is a sentence.
      const isGreeting = rest === line && line.trimEnd().endsWith(',');
      const sentence = isGreeting ? spoken : spoken.replace(/[,;]$/u, '.');
      return opening !== '' && sentence !== '' ? `${opening}: ${sentence}` : sentence;
    });
  return {
    text: lines
      .join('\n')
      .replace(/\n{3,}/gu, '\n\n')
      .trim(),
    doubts: [...doubts.values()],
  };
}

/** Patterns are made of the tables: once for each set of words. */
const made = new WeakMap<SpeechWords, readonly Reader[]>();

function readersOf(words: SpeechWords): readonly Reader[] {
  const readers = made.get(words) ?? makeReaders(words);
  made.set(words, readers);
  return readers;
}

/** In order: who knows more of what surrounds a thing comes first; the last take any character. */
function makeReaders(words: SpeechWords): readonly Reader[] {
  return [
    ...linkReaders(words),
    ...documentReaders(words),
    ...dateReaders(words),
    ...timeReaders(words),
    ...amountReaders(words),
    ...nameReaders(words),
    leftoverReader(words),
    ...symbolReaders(words),
  ];
}

const BULLET = /^\s*(?:[-–—•*·+▪◦●■►▶✓✔✅👉➤➡]\uFE0F?\s+|[-–—•·▪●►✓✔✅👉➤➡]\uFE0F?(?=\p{L}))/u;
const NUMBERED = /^\s*(\d{1,2})[.)]\s+/u;
const ROMAN_NUMBERED = /^\s*([IVX]{1,5})[.)]\s+/u;
const LETTERED = /^\s*(\p{Ll})\)\s+/u;

/** The mark of a list's item: a bullet is not said, "1." is Một, "II." is Phần hai, "a)" is Ý a. */
function withoutMark(line: string, words: SpeechWords): { readonly opening: string; readonly rest: string } {
  const bullet = BULLET.exec(line);
  if (bullet) return { opening: '', rest: line.slice(bullet[0].length) };
  const numbered = NUMBERED.exec(line);
  if (numbered) {
    const number = numberInWords(Number(numbered[1]), words);
    return {
      opening: number.charAt(0).toUpperCase() + number.slice(1),
      rest: line.slice(numbered[0].length),
    };
  }
  const roman = ROMAN_NUMBERED.exec(line);
  const value = roman?.[1] === undefined ? null : romanValue(roman[1]);
  if (roman && value !== null) {
    return {
      opening: `${words.word.part} ${numberInWords(value, words)}`,
      rest: line.slice(roman[0].length),
    };
  }
  const lettered = LETTERED.exec(line);
  const letter = lettered?.[1] === undefined ? undefined : words.letters.get(lettered[1]);
  if (lettered && letter !== undefined) {
    return { opening: `${words.word.item} ${letter}`, rest: line.slice(lettered[0].length) };
  }
  return { opening: '', rest: line };
}
