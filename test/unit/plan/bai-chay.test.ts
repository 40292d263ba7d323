import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROLE_IDS, type Plan } from '#src/domain/plan.ts';
import type { PlanPost } from '#src/domain/plan-post.ts';
import { createCategorySearch } from '#src/search/category-search.ts';
import { searchKey } from '#src/domain/vietnamese/fold.ts';
import { loadPlanFolder } from '#src/plan/load-plan.ts';

const collapse = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const countWords = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

async function load(): Promise<{ plan: Plan; posts: readonly PlanPost[] }> {
  const loaded = await loadPlanFolder('plans/bai-chay-2024.yaml', 'plans/posts');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 1));
  return loaded;
}
const { plan, posts } = await load();
const seed = collapse(readFileSync('test/fixtures/seed-plan-2024.txt', 'utf8'));

const numbered = (prefix: string, counts: readonly (number | string)[]): string[] =>
  counts.map((n) => `${prefix}-${n}`);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

/** Every obligation by section, as read from the plan on paper: the list the data must equal. */
const OBLIGATION_IDS = [
  ...numbered('I1', upTo(4)),
  ...numbered('I2', [1, '1b', 2, '2b', 3, 4, 5]),
  ...numbered('II1', [1, '1b', 2, 3, 4, '4b', 5, 6, '6b', 7, 8, 9, '9b', 10, '10b', 11]),
  ...numbered('II2', [1, 2]),
  ...numbered('II3', [1, 2, 3, '3b', 4, '4b', 5, 6, 7]),
  ...numbered('II4', [1, 2, 3, 4, 5, '5b', 6, 7, '7b', 8, 9, 10]),
  ...numbered('II5', [1, 2, '2b', 3, '3b', 4, '4b', 5, 6, '6b']),
  ...numbered('II6', upTo(4)),
  ...numbered('II7', upTo(3)),
  ...numbered('III1', upTo(4)),
  ...numbered('III2', upTo(3)),
  ...numbered('III3', upTo(4)),
  ...numbered('III4', upTo(3)),
  'END-1',
];

describe('the 2024 plan of Bãi Cháy', () => {
  it('holds exactly the 82 obligations of the plan, in its order', () => {
    expect(OBLIGATION_IDS).toHaveLength(82);
    expect(plan.obligations.map(({ id }) => id)).toEqual(OBLIGATION_IDS);
  });

  it('quotes the plan word for word wherever it says verbatim', () => {
    const quotes = [...plan.obligations, ...plan.topics, ...plan.recipients];
    const invented = quotes.filter(({ verbatim }) => !seed.includes(collapse(verbatim)));
    expect(invented).toEqual([]);
  });

  it('shows people the plan without its misprints and keeps them in the quotation', () => {
    const shown = [...plan.obligations, ...plan.topics].map(({ display }) => display).join('\n');
    expect(shown).not.toMatch(/điển hành|thự hiện|Nghị quyết sô |xà hội|^âng|chức chức|‘/mu);
    expect(plan.obligations.find(({ id }) => id === 'II5-3b')?.verbatim).toMatch(/^âng cao .* xà hội/u);
    expect(plan.obligations.find(({ id }) => id === 'II5-3b')?.display).toMatch(/^Nâng cao .* xã hội/u);
  });

  it('marks as inferred only what it fills in', () => {
    for (const { id, inferred, addressedTo, informed } of plan.obligations) {
      if (inferred.includes('addressedTo')) expect(addressedTo, id).not.toBeNull();
      if (inferred.includes('informed')) expect(informed, id).not.toBeNull();
    }
  });

  it('gives the 15 topics, the first eight to Culture and Information', () => {
    expect(plan.topics.map(({ id }) => id)).toEqual(upTo(15).map((n) => `TT-${String(n).padStart(2, '0')}`));
    expect(new Set(plan.topics.slice(0, 8).map(({ owner }) => owner))).toEqual(
      new Set(['culture-information']),
    );
  });

  it('names a channel of the plan only for the three topics of III.1 that have one', () => {
    const withChannel = plan.topics.slice(0, 8).filter(({ channelsNamed }) => channelsNamed.length > 0);
    expect(withChannel.map(({ id }) => id)).toEqual(['TT-01', 'TT-02', 'TT-03']);
  });

  it('has the three deadlines with the days of the plan', () => {
    expect(plan.deadlines.map(({ id, before }) => [id, before])).toEqual([
      ['DL-1', { kind: 'once', date: '2024-03-20' }],
      ['DL-2', { kind: 'yearly', month: 5, day: 10 }],
      ['DL-3', { kind: 'yearly', month: 11, day: 10 }],
    ]);
  });

  it('has the nine inspections and dates only for the announced round of KT-3', () => {
    expect(plan.inspections.map(({ id }) => id)).toEqual(numbered('KT', upTo(9)));
    expect(plan.inspections.filter(({ schedule }) => schedule !== null).map(({ id }) => id)).toEqual([
      'KT-3',
    ]);
    expect(plan.inspections.find(({ id }) => id === 'KT-5')?.announced).toBe(false);
  });

  it('names every role and lets a unit of the ward hold each', () => {
    expect(plan.roles.map(({ id }) => id)).toEqual([...ROLE_IDS]);
    const held = new Set(plan.units.flatMap(({ roles }) => roles));
    expect(ROLE_IDS.filter((role) => !held.has(role))).toEqual([]);
  });

  it('ends the list of categories with the one for anything else', () => {
    expect(plan.categories.at(-1)).toMatchObject({ label: 'Việc khác', keywords: [] });
    expect(plan.categories.slice(0, -1).every(({ keywords }) => keywords.length > 3)).toBe(true);
  });

  it('lists no keyword twice in a category, since each match adds to its score', () => {
    for (const { id, keywords } of plan.categories)
      expect(new Set(keywords.map(searchKey)).size, id).toBe(keywords.length);
  });

  it.each([
    ['den duong tat 3 hom nay roi', 'street-light'],
    ['mất đ rồi, cúp điện từ trưa', 'power-cut'],
    ['day dien dut day roi xuong duong', 'dangerous-wire'],
    ['rác chất đống ko ai dọn', 'rubbish'],
    ['đg ngập hết, nước cống hôi', 'flood-drain'],
    ['o ga to lam', 'road'],
    ['cây đổ chắn đường', 'tree'],
    ['hàng xóm hát karaoke ồn quá 11h đêm', 'noise'],
    ['xe đỗ chắn ngõ', 'pavement'],
    ['xây dựng k phép', 'construction'],
    ['cho tha rong nhieu qua', 'stray-dog'],
    ['mất nc 2 ngày', 'water-cut'],
    ['cho hoi lam khai sinh can giay to gi', 'paperwork'],
    ['cán bộ thái độ hách dịch', 'service-attitude'],
  ])('puts "%s" first under %s', (words, category) => {
    expect(createCategorySearch().likely(words, plan.categories)[0]?.categoryId).toBe(category);
  });

  it('cannot be changed once loaded', () => {
    expect(Object.isFrozen(plan)).toBe(true);
    expect(Object.isFrozen(plan.deadlines[0]?.ladder.rungs[0])).toBe(true);
    expect(Object.isFrozen(posts)).toBe(true);
  });
});

describe('the posts of Bãi Cháy', () => {
  it.each(plan.topics.slice(0, 8).map(({ id }) => id))('give %s at least two', (topic) => {
    expect(posts.filter((post) => post.topic === topic).length).toBeGreaterThanOrEqual(2);
  });

  it.each(posts)('$id has 80 to 200 words and fits in one message', ({ body }) => {
    expect(countWords(body)).toBeGreaterThanOrEqual(80);
    expect(countWords(body)).toBeLessThanOrEqual(200);
    expect(body.length).toBeLessThanOrEqual(2_000);
    expect(body).toBe(body.normalize('NFC'));
  });

  it.each(posts)('$id is a draft that names no person and rests on a document', (post) => {
    expect(post.status).toBe('draft');
    expect(post.namesPerson).toBe(false);
    expect(post.source.length).toBeGreaterThan(0);
    expect(post.id.startsWith(`${post.topic}-`)).toBe(true);
  });

  it.each(posts)('$id speaks plainly to ông/bà', ({ title, body }) => {
    const words = `${title}\n${body}`;
    expect(words).toContain('ông/bà');
    expect(words).not.toMatch(/vui lòng|quý vị|hệ thống ghi nhận|hợp lệ|UBND|CBCC|HĐND|\bad\b/iu);
    const longest = Math.max(...body.split(/[.:?!]\s/u).map(countWords));
    expect(longest).toBeLessThanOrEqual(40);
  });
});
