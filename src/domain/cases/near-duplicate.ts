import { fold } from '../vietnamese/fold.ts';

export interface Reported {
  readonly id: string;
  /** All that was said of what and where. */
  readonly words: string;
}

/** "tổ 5", "ngõ 12", "số 7", "cột số 3": what people find a place by. */
const PLACE_MARK = /\b(to|ngo|ngach|hem|kiet|khu|so|cot)\s+(?:so\s+)?(\d+[a-z]?)\b/gu;
/** A whole neighbourhood is no place in it. */
const TOO_WIDE = 'khu';
/** Where no number stands: so large a part of the shorter one, and so many words. */
const SHARED_PART = 0.6;
const SHARED_WORDS = 5;

/**
 * Which of these tells of the same matter, if one surely does; they are of one kind and neighbourhood already. A number that is
 * another ("ngõ 12", "ngõ 40") keeps two apart, however alike they sound.
 */
export function mostAlike(words: string, others: readonly Reported[]): string | null {
  return others.find((other) => areAlike(fold(words), fold(other.words)))?.id ?? null;
}

function areAlike(one: string, other: string): boolean {
  const [marks, otherMarks] = [marksOf(one), marksOf(other)];
  let shared = 0;
  for (const [what, numbers] of marks) {
    const there = otherMarks.get(what);
    if (there === undefined) continue;
    if (numbers.isDisjointFrom(there)) return false;
    if (what !== TOO_WIDE) shared += 1;
  }
  return shared > 0 || shareMostWords(one, other);
}

function marksOf(folded: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [, what = '', number = ''] of folded.matchAll(PLACE_MARK)) {
    found.set(what, (found.get(what) ?? new Set<string>()).add(number));
  }
  return found;
}

function shareMostWords(one: string, other: string): boolean {
  const [words, otherWords] = [wordsOf(one), wordsOf(other)];
  const shared = words.intersection(otherWords).size;
  return shared >= SHARED_WORDS && shared >= SHARED_PART * Math.min(words.size, otherWords.size);
}

const wordsOf = (folded: string): Set<string> => new Set(folded.match(/[\p{L}\p{N}]{2,}/gu) ?? []);
