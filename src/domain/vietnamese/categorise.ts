import type { Category } from '../plan.ts';
import { neighbourKey, searchKey } from './fold.ts';

export interface CategoryGuess {
  readonly categoryId: string;
  readonly score: number;
}

function scoreOf(category: Category, key: string, looseKey: string): number {
  return category.keywords.reduce((score, keyword) => {
    const words = searchKey(keyword);
    if (words === '') return score;
    const weight = words.split(' ').length;
    if (` ${key} `.includes(` ${words} `)) return score + weight;
    return ` ${looseKey} `.includes(` ${neighbourKey(keyword)} `) ? score + weight * 0.8 : score;
  }, 0);
}

/** The plan's categories that the words may mean, likeliest first; empty when nothing matched. Local, no network. */
export function guessCategories(words: string, categories: readonly Category[]): readonly CategoryGuess[] {
  const key = searchKey(words);
  const looseKey = neighbourKey(words);
  return categories
    .map((category) => ({ categoryId: category.id, score: scoreOf(category, key, looseKey) }))
    .filter((guess) => guess.score > 0)
    .sort((a, b) => b.score - a.score);
}
