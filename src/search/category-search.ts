import MiniSearch, { type Query } from 'minisearch';
import type { CategorySearch } from '#src/app/ports/services.ts';
import type { Category } from '#src/domain/plan.ts';
import { exactWords, neighbourKey, searchKey } from '#src/domain/vietnamese/fold.ts';

/** The longest keyword that is looked for as a whole. */
const MAX_KEYWORD_WORDS = 4;

/**
 * Each keyword is one term, in three spellings: with its tone marks, without them, and as neighbours spell it. Whoever
 * writes without marks gets the second alone, so it weighs as much as the first; whoever writes with them meant them.
 */
const SPELLINGS = {
  written: { keyOf: exactWords, weight: 1, weightUnderMarks: 1 },
  folded: { keyOf: searchKey, weight: 1, weightUnderMarks: 0.4 },
  near: { keyOf: neighbourKey, weight: 0.6, weightUnderMarks: 0.2 },
} as const;
type Spelling = keyof typeof SPELLINGS;
const FIELDS = Object.keys(SPELLINGS) as readonly Spelling[];

/** Without its marks, "chó" is "cho" and "đèn" is "đến": such a word alone is no sign of anything. */
const SAYS_NOTHING = new Set([
  'cho',
  'den',
  'on',
  'cong',
  'cau',
  'ta',
  'co',
  'la',
  'va',
  'o',
  'bi',
  'nay',
  'ma',
]);

/** What matters is said in the first sentences; the rest would only take time. */
const MAX_WORDS_READ = 60;
const wordsOf = (key: string): readonly string[] =>
  key
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS_READ);
const toTerm = (words: readonly string[]): string => words.join('_');
const wordsIn = (term: string): number => term.split('_').length;

/** A keyword of three words says more than three of one. */
const boostTerm = (term: string): number => wordsIn(term) ** 1.5;

/** Every run of so many to four words: whatever of them is a keyword is found. */
function runsOf(key: string, fewest: number): string[] {
  const words = wordsOf(key);
  return words
    .flatMap((_, from) =>
      Array.from({ length: Math.min(MAX_KEYWORD_WORDS, words.length - from) }, (_none, index) =>
        words.slice(from, from + index + 1),
      ),
    )
    .filter((run) => run.length >= fewest)
    .map(toTerm);
}

/** How many other words may stand inside a keyword: "đèn ngoài ngõ hỏng" is still "đèn hỏng". */
const MAX_GAP = 4;
const GAP_WEIGHT = 0.6;

/** Two or three words in their order, with others between two of them. */
function gappedRunsOf(key: string): string[] {
  const words = wordsOf(key);
  return words.flatMap((_, from) =>
    Array.from({ length: MAX_GAP }, (_none, gap) => from + gap + 2)
      .filter((to) => to < words.length)
      .flatMap((to) => [
        [...words.slice(from, from + 1), ...words.slice(to, to + 1)],
        [...words.slice(from, from + 2), ...words.slice(to, to + 1)],
        [...words.slice(from, from + 1), ...words.slice(to, to + 2)],
      ])
      .map(toTerm),
  );
}

function indexOf(categories: readonly Category[]): MiniSearch<Category> {
  const index = new MiniSearch<Category>({
    fields: [...FIELDS],
    extractField: (category, field) =>
      field === 'id' ? category.id : [category.label, ...category.keywords].join('\n'),
    tokenize: (text, field) =>
      text
        .split('\n')
        .map((keyword) => toTerm(SPELLINGS[field as Spelling].keyOf(keyword).split(' ')))
        .filter((term) => term !== '' && (field === 'written' || !SAYS_NOTHING.has(term))),
    processTerm: (term) => term,
  });
  index.addAll(categories);
  return index;
}

/** How many keywords a category has says nothing of how likely it is. */
const BM25 = { k: 1.2, b: 0, d: 0.5 };

function queryOf(words: string, hasMarks: boolean): Query {
  return {
    combineWith: 'OR',
    queries: FIELDS.flatMap((field) => {
      const { keyOf, weight, weightUnderMarks } = SPELLINGS[field];
      const boost = hasMarks ? weightUnderMarks : weight;
      // Whoever writes marks and leaves them out of one word meant that other word.
      const fewest = hasMarks && field !== 'written' ? 2 : 1;
      const common = { queries: [words], fields: [field], boostTerm, bm25: BM25 };
      return [
        { ...common, boost: { [field]: boost }, tokenize: (text: string) => runsOf(keyOf(text), fewest) },
        {
          ...common,
          boost: { [field]: boost * GAP_WEIGHT },
          tokenize: (text: string) => gappedRunsOf(keyOf(text)),
        },
      ];
    }),
  };
}

/** Finds the plan's categories by their keywords; an index is made once for each plan. No network. */
export function createCategorySearch(): CategorySearch {
  const indexes = new WeakMap<readonly Category[], MiniSearch<Category>>();
  return {
    likely(words, categories) {
      const index = indexes.get(categories) ?? indexOf(categories);
      indexes.set(categories, index);
      const hasMarks = exactWords(words) !== searchKey(words);
      return index
        .search(queryOf(words, hasMarks))
        .map(({ id, score }) => ({ categoryId: String(id), score }));
    },
  };
}
