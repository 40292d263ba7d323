import type { Doubt, SpeechWords } from './speech-words.ts';

/** A longer sentence is cut where it can be. */
const LONG_SYLLABLES = 25;
/** A longer one that cannot be cut is shown to the editor. */
const TOO_LONG_SYLLABLES = 32;
const SHORTEST_SYLLABLES = 5;

/** Between these nothing is cut; they are gone from what is read. */
export const QUOTE = { opens: '«', closes: '»' } as const;

export const syllables = (words: string): number => words.split(/[^\p{L}\p{M}]+/u).filter(Boolean).length;

/** What was said of one line, as sentences: each begins with a capital, ends with a sign and can be read in a breath or two. */
export function shapeLine(spoken: string, words: SpeechWords, doubt: (doubt: Doubt) => void): string {
  const tidy = tidyMarks(spoken);
  if (!/\p{L}/u.test(tidy)) return '';
  const whole = /[.!?:;,]$/u.test(tidy) ? tidy : `${tidy}.`;
  return whole
    .split(/(?<=[.!?])\s+/u)
    .flatMap((sentence) => cut(sentence, words))
    .map((sentence) => {
      if (syllables(sentence) > TOO_LONG_SYLLABLES)
        doubt({ kind: 'long', written: sentence, spoken: String(syllables(sentence)) });
      return capital(sentence);
    })
    .map((sentence) => sentence.replace(/(?<=\p{L})[«»]+(?=\p{L})/gu, ' ').replace(/[«»]/gu, ''))
    .join(' ');
}

/** Letters that have no capital of one sign stay as they are. */
const capital = (words: string) =>
  words.replace(/^\P{L}*\p{L}/u, (start) =>
    start.toUpperCase().length === start.length ? start.toUpperCase() : start,
  );

/** Signs that came together when brackets, dashes and quotation marks went. */
function tidyMarks(spoken: string): string {
  return spoken
    .replace(/\s+/gu, ' ')
    .replace(/\s+(?=»?[.,;:!?])/gu, '')
    .replace(/([.,;:!?])(?=[^\s.,;:!?»])/gu, '$1 ')
    .replace(/([.,;:!?])»/gu, '»$1')
    .replace(
      /[.,;:!?](?:\s*[.,;:!?])+/gu,
      (marks) => /[!?.]/u.exec(marks)?.[0] ?? /[:;]/u.exec(marks)?.[0] ?? ',',
    )
    .replace(/^[\s.,;:!?»]+/u, '')
    .trim();
}

interface Cut {
  readonly head: string;
  readonly tail: string;
}

/** In two where both halves can stand alone, and those again. */
function cut(sentence: string, words: SpeechWords): readonly string[] {
  if (syllables(sentence) <= LONG_SYLLABLES) return [sentence];
  const longest = ({ head, tail }: Cut) => Math.max(syllables(head), syllables(tail));
  const best = cuts(sentence, words).sort((one, other) => longest(one) - longest(other))[0];
  return best ? [...cut(best.head, words), ...cut(best.tail, words)] : [sentence];
}

function cuts(sentence: string, words: SpeechWords): Cut[] {
  const found: Cut[] = [];
  for (const { index, 0: mark } of sentence.matchAll(/[,;]\s/gu)) {
    const head = sentence.slice(0, index);
    const tail = sentence.slice(index + mark.length);
    if (syllables(head) < SHORTEST_SYLLABLES || syllables(tail) < SHORTEST_SYLLABLES) continue;
    if (isQuoted(head) || (mark.startsWith(',') && head.includes(':'))) continue;
    if (mark.startsWith(';') || (opens(tail, words) && standsAlone(head, words)))
      found.push({ head: `${head}.`, tail: capital(tail) });
  }
  return found;
}

const isQuoted = (head: string) => head.lastIndexOf(QUOTE.opens) > head.lastIndexOf(QUOTE.closes);

function opens(tail: string, words: SpeechWords): boolean {
  return beginsWith(tail, words.openings);
}

/** "Khi khu phố họp" is no sentence; "Khi khu phố họp, mỗi nhà cử một người" is. */
function standsAlone(head: string, words: SpeechWords): boolean {
  return !beginsWith(head, words.dependent) || head.includes(',');
}

function beginsWith(sentence: string, beginnings: readonly string[]): boolean {
  const lower = sentence.toLowerCase();
  return beginnings.some((one) => lower.startsWith(one) && !/^\p{L}/u.test(lower.slice(one.length)));
}
