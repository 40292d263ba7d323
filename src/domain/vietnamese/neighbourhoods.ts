import type { Neighbourhood } from '../plan.ts';
import { fold, tidy } from './fold.ts';

/** `all`: the whole ward. `unclear`: not one word of it may be guessed, since a post would go elsewhere. */
export type NeighbourhoodsMeant =
  | { readonly kind: 'all' }
  | { readonly kind: 'some'; readonly ids: readonly string[] }
  | { readonly kind: 'unclear' };

const ALL = new Set(['ca phuong', 'toan phuong', 'tat ca', 'tat ca cac khu', 'moi khu', 'het', 'cac khu']);
const FILLERS = new Set([
  ...['cac', 'nhung', 'khu', 'pho', 'kp', 'va', 'voi', 'cung', 'gui', 'cho', 'o', 'tu', 'chi', 'a'],
  ...['ca', 'phuong', 'tat', 'ngoai'],
]);
const RANGE = new Set(['den', 'toi']);
const EXCEPT = 'tru';
/** "khu năm a" is the longest way in which one is named. */
const MAX_NAME_TOKENS = 4;

/**
 * The neighbourhoods meant by "khu 3, khu 5A", "các khu 1 đến 4", "1 2 3", "cả phường trừ khu 5". In the order of the
 * plan, each once. A range runs in that order too.
 */
export function findNeighbourhoods(words: string, known: readonly Neighbourhood[]): NeighbourhoodsMeant {
  const names = namesOf(known);
  const tokens = tokensOf(words, names);
  if (ALL.has(tokens.join(' '))) return { kind: 'all' };
  const [before, after, ...more] = splitAt(tokens, EXCEPT);
  if (before === undefined || more.length > 0) return { kind: 'unclear' };
  const meant = indexesIn(before, names);
  if (after === undefined) return meant === null || meant.size === 0 ? UNCLEAR : some(known, meant);
  const left = indexesIn(after, names);
  // "Trừ" takes away from the whole ward, and from nothing else.
  if (meant === null || meant.size > 0 || left === null || left.size === 0) return UNCLEAR;
  const rest = new Set([...known.keys()].filter((index) => !left.has(index)));
  return rest.size === 0 ? UNCLEAR : some(known, rest);
}

const UNCLEAR: NeighbourhoodsMeant = { kind: 'unclear' };

const some = (known: readonly Neighbourhood[], meant: ReadonlySet<number>): NeighbourhoodsMeant => ({
  kind: 'some',
  ids: known.flatMap(({ id }, index) => (meant.has(index) ? [id] : [])),
});

/** Every way in which a neighbourhood is written, folded; the bare number too. */
function namesOf(known: readonly Neighbourhood[]): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const [index, { name, aliases }] of known.entries()) {
    for (const one of [name, ...aliases]) names.set(keyOf(one), index);
    const bare = keyOf(name).replace(/^khu (pho )?/u, '');
    if (!names.has(bare)) names.set(bare, index);
  }
  return names;
}

const keyOf = (words: string): string =>
  fold(words)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** "5 A" is one name where there is a 5A; "5 ạ" is the 5 and politeness. */
function tokensOf(words: string, names: ReadonlyMap<string, number>): readonly string[] {
  const joined = tidy(words).replace(
    /(\d+)\s+([A-Da-d])(?![\p{L}\p{N}])/gu,
    (all: string, digits: string, letter: string) => {
      const name = `${digits}${letter}`;
      return names.has(fold(name)) ? name : all;
    },
  );
  const key = keyOf(joined.replace(/[-–—]/gu, ' đến '));
  return key === '' ? [] : key.split(' ');
}

/** Null where a word is neither a name nor one that belongs to such a list. */
function indexesIn(
  tokens: readonly string[],
  names: ReadonlyMap<string, number>,
): ReadonlySet<number> | null {
  const found = new Set<number>();
  let last: number | null = null;
  let isRange = false;
  for (let at = 0; at < tokens.length;) {
    const match = longestName(tokens, at, names);
    const token = tokens[at] ?? '';
    if (match === null) {
      if (RANGE.has(token) && last !== null) isRange = true;
      else if (!FILLERS.has(token)) return null;
      at += 1;
      continue;
    }
    const from: number = isRange && last !== null ? last : match.index;
    for (let index = Math.min(from, match.index); index <= Math.max(from, match.index); index += 1)
      found.add(index);
    last = match.index;
    isRange = false;
    at += match.length;
  }
  return isRange ? null : found;
}

function longestName(
  tokens: readonly string[],
  at: number,
  names: ReadonlyMap<string, number>,
): { readonly index: number; readonly length: number } | null {
  for (let length = MAX_NAME_TOKENS; length > 0; length -= 1) {
    const index = names.get(tokens.slice(at, at + length).join(' '));
    if (index !== undefined && at + length <= tokens.length) return { index, length };
  }
  return null;
}

function splitAt(tokens: readonly string[], word: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (const token of tokens) {
    if (token === word) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
