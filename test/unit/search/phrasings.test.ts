import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCategorySearch } from '#src/search/category-search.ts';
import { plan } from '#test/support/conversation.ts';

interface Phrasing {
  readonly category: string;
  readonly writing: 'plain' | 'bare' | 'teencode' | 'nfd' | 'neighbours';
  readonly words: string;
}

const phrasings = (name: string): readonly Phrasing[] =>
  JSON.parse(readFileSync(`test/fixtures/phrasings/${name}.json`, 'utf8')) as readonly Phrasing[];

const search = createCategorySearch();
/** What a person would be offered: what was found, then the plan's catch-all. */
const offered = (words: string): readonly string[] => [
  ...search.likely(words, plan.categories).map(({ categoryId }) => categoryId),
  'other',
];

/** The keywords of the plan were chosen by the first; the second was written before them and never used for choosing. */
const seen = phrasings('seen');
const unseen = phrasings('unseen');

const shareWithin = (rows: readonly Phrasing[], places: number): number =>
  rows.filter(({ words, category }) => offered(words).slice(0, places).includes(category)).length /
  rows.length;

describe('what residents write, 120 times', () => {
  it('stands for how they write: without tone marks, in teencode, decomposed by the phone', () => {
    const all = [...seen, ...unseen];
    const written = (writing: Phrasing['writing']) => all.filter((row) => row.writing === writing);
    expect(all).toHaveLength(120);
    expect(new Set(all.map(({ words }) => words.normalize('NFC'))).size).toBe(120);
    expect(written('bare').length).toBeGreaterThanOrEqual(30);
    expect(written('teencode').length).toBeGreaterThanOrEqual(20);
    expect(written('nfd').filter(({ words }) => words !== words.normalize('NFC'))).toHaveLength(10);
  });

  it.each([
    ['seen', seen],
    ['unseen', unseen],
  ])(
    'of those %s, finds the right category first in 85 % and among the first three in 97 %',
    (name, rows) => {
      const [first, three] = [shareWithin(rows, 1), shareWithin(rows, 3)];
      const missed = rows.filter(({ words, category }) => offered(words)[0] !== category);
      console.info(
        `${name}: first ${(first * 100).toFixed(1)} %, in three ${(three * 100).toFixed(1)} %` +
          (name === 'seen'
            ? missed
                .map((row) => `\n  ${row.category}: ${row.words} → ${offered(row.words).join(', ')}`)
                .join('')
            : ''),
      );
      expect(first).toBeGreaterThanOrEqual(0.85);
      expect(three).toBeGreaterThanOrEqual(0.97);
    },
  );
});

describe('a keyword of one syllable', () => {
  it('is found as it is written, and not in an everyday word that looks like it without marks', () => {
    expect(offered('nhà bên nuôi nhiều chó')[0]).toBe('stray-dog');
    expect(offered('xin phép cho tôi hỏi một việc')[0]).not.toBe('stray-dog');
    expect(offered('cho chung toi biet voi')[0]).toBe('other');
  });
});

describe('the words of a keyword', () => {
  it('may have others between them', () => {
    expect(offered('đèn ở ngoài ngõ hỏng')[0]).toBe('street-light');
  });
});
