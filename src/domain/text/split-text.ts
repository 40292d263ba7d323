import { type FormattedText, plain, sliceFormatted } from './formatted-text.ts';

/**
 * Cuts a text into parts of at most `limit` UTF-16 units (what both platforms count), NFC first: at the end of a
 * paragraph, else of a sentence, else of a line, else of a word; inside a word only where one word alone exceeds the
 * limit, and never inside a letter with its marks or a surrogate pair. White space at a cut is dropped, every other character is
 * kept in order. A blank text has no parts. Throws a RangeError for a limit below 2, in which a surrogate pair cannot stand.
 */
export function splitText(text: string, limit: number): readonly string[] {
  return splitFormatted(plain(text.normalize('NFC')), limit).map((part) => part.text);
}

/** The same for a text with spans: a span that is cut goes on in the next part. The text is NFC already. */
export function splitFormatted(formatted: FormattedText, limit: number): readonly FormattedText[] {
  if (!Number.isInteger(limit) || limit < 2)
    throw new RangeError('limit must be a whole number of at least 2');
  const { text } = formatted;
  const parts: FormattedText[] = [];
  const end = text.trimEnd().length;
  let start = skipBlanks(text, 0);
  while (end - start > limit) {
    const cut = start + cutAt(text.slice(start, end), limit);
    parts.push(sliceFormatted(formatted, start, start + text.slice(start, cut).trimEnd().length));
    start = skipBlanks(text, cut);
  }
  if (start < end) parts.push(sliceFormatted(formatted, start, end));
  return parts;
}

const skipBlanks = (text: string, from: number): number => text.length - text.slice(from).trimStart().length;

const PARAGRAPH = /\n\s*\n/gu;
const SENTENCE = /[.!?…]["'”’)\]]*(?=\s)/gu;
const LINE = /\n/gu;
const WORD = /\s/gu;

/** Kinds of places in order of preference; `half`: only in the second half, lest parts grow tiny. */
const ENDS: readonly { readonly end: RegExp; readonly half: boolean }[] = [
  { end: PARAGRAPH, half: true },
  { end: SENTENCE, half: false },
  { end: PARAGRAPH, half: false },
  { end: LINE, half: true },
  { end: WORD, half: false },
];

/** The best place to cut within the limit. */
function cutAt(text: string, limit: number): number {
  // One unit beyond the limit is looked at: a word may end exactly there.
  const window = text.slice(0, limit + 1);
  for (const { end, half } of ENDS) {
    const found = lastEnd(window, end, limit);
    if (found !== null && found >= (half ? limit / 2 : 1)) return found;
  }
  return insideWord(text, limit);
}

function lastEnd(window: string, end: RegExp, limit: number): number | null {
  let last: number | null = null;
  for (const match of window.matchAll(end)) {
    const isSpace = match[0].trim() === '';
    const at = isSpace ? match.index : match.index + match[0].length;
    if (at > 0 && at <= limit && (isSpace || !isAbbreviation(window, match.index))) last = at;
  }
  return last;
}

const GRAPHEMES = new Intl.Segmenter('vi', { granularity: 'grapheme' });

/** The last place between two letters. A single "letter" longer than the limit (stacked marks) is cut all the same. */
function insideWord(text: string, limit: number): number {
  const at = GRAPHEMES.segment(text.slice(0, limit + 64)).containing(limit)?.index ?? limit;
  if (at > 0) return at;
  return isLowSurrogate(text.charCodeAt(limit)) ? limit - 1 : limit;
}

/** "TP. Hạ Long", "P. Bãi Cháy", "1. Việc đầu": a point after capitals or a number ends no sentence. */
function isAbbreviation(window: string, pointAt: number): boolean {
  if (window[pointAt] !== '.') return false;
  return /(?:^|[\s(])(?:\p{Lu}{1,3}|\d{1,2})$/u.test(window.slice(0, pointAt));
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
