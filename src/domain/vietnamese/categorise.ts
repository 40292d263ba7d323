import type { Category } from '../plan.ts';
import { neighbourKey, searchKey } from './fold.ts';

export interface CategoryGuess {
  readonly categoryId: string;
  readonly score: number;
}

interface Match {
  readonly categoryId: string;
  readonly from: number;
  readonly words: number;
  readonly weight: number;
}

/** A match in the neighbours' spelling counts a little less than one as written. */
const LOOSE_WEIGHT = 0.8;

/** Where the keyword stands in the words, counted in words; -1 when it does not. */
function positionOf(keyword: string, tokens: readonly string[]): number {
  const parts = keyword.split(' ');
  return tokens.findIndex((_, at) => parts.every((part, index) => tokens[at + index] === part));
}

function matchesOf(
  category: Category,
  tokens: readonly string[],
  looseTokens: readonly string[],
): readonly Match[] {
  return category.keywords.flatMap((keyword): readonly Match[] => {
    const key = searchKey(keyword);
    if (key === '') return [];
    const words = key.split(' ').length;
    const from = positionOf(key, tokens);
    if (from >= 0) return [{ categoryId: category.id, from, words, weight: words }];
    const loose = positionOf(neighbourKey(keyword), looseTokens);
    return loose < 0 ? [] : [{ categoryId: category.id, from: loose, words, weight: words * LOOSE_WEIGHT }];
  });
}

const overlap = (a: Match, b: Match): boolean => a.from < b.from + b.words && b.from < a.from + a.words;

/**
 * The plan's categories that the words may mean, likeliest first; empty when nothing matched. Where keywords of two
 * categories share a word, the longer one counts, or the earlier: in "đèn đường hỏng" it is the lamp and not the road.
 */
export function guessCategories(words: string, categories: readonly Category[]): readonly CategoryGuess[] {
  const tokens = searchKey(words).split(' ');
  const looseTokens = neighbourKey(words).split(' ');
  const matches = categories
    .flatMap((category) => matchesOf(category, tokens, looseTokens))
    .sort((a, b) => b.weight - a.weight || a.from - b.from);
  const counted: Match[] = [];
  for (const match of matches) {
    const taken = counted.some((other) => other.categoryId !== match.categoryId && overlap(other, match));
    if (!taken) counted.push(match);
  }
  const scores = new Map<string, number>();
  for (const match of counted)
    scores.set(match.categoryId, (scores.get(match.categoryId) ?? 0) + match.weight);
  return [...scores].map(([categoryId, score]) => ({ categoryId, score })).sort((a, b) => b.score - a.score);
}
