/**
 * Cuts a text into parts of at most `limit` UTF-16 units (what both platforms count), NFC first: at the end of a
 * paragraph, else of a sentence, else of a line, else of a word; inside a word only where one word alone exceeds the
 * limit, and never inside a surrogate pair. White space at a cut is dropped, every other character is kept in order.
 * A blank text has no parts. Throws a RangeError for a limit below 2, in which a surrogate pair cannot stand.
 */
export function splitText(text: string, limit: number): readonly string[] {
  if (!Number.isInteger(limit) || limit < 2)
    throw new RangeError('limit must be a whole number of at least 2');
  const parts: string[] = [];
  let rest = text.normalize('NFC').trim();
  while (rest.length > limit) {
    const cut = cutAt(rest, limit);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

const ENDS: readonly RegExp[] = [/\n\s*\n/gu, /[.!?…]["'”’)\]]*(?=\s)/gu, /\n/gu, /\s/gu];

/** The best place to cut within the limit. A better kind of place counts only in the second half, lest parts grow tiny. */
function cutAt(text: string, limit: number): number {
  // One unit beyond the limit is looked at: a word may end exactly there.
  const window = text.slice(0, limit + 1);
  for (const [rank, end] of ENDS.entries()) {
    const least = rank === ENDS.length - 1 ? 1 : limit / 2;
    const found = lastEnd(window, end, limit);
    if (found !== null && found >= least) return found;
  }
  return isLowSurrogate(text.charCodeAt(limit)) ? limit - 1 : limit;
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

/** "TP. Hạ Long", "P. Bãi Cháy", "1. Việc đầu": a point after capitals or a number ends no sentence. */
function isAbbreviation(window: string, pointAt: number): boolean {
  if (window[pointAt] !== '.') return false;
  return /(?:^|[\s(])(?:\p{Lu}{1,3}|\d{1,2})$/u.test(window.slice(0, pointAt));
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
