import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderLabels } from '#src/domain/broadcast/labels.ts';
import { speechScript } from '#src/domain/broadcast/render-post.ts';
import { readingTime } from '#src/domain/text/speech/reading-time.ts';
import { syllables } from '#src/domain/text/speech/sentences.ts';
import { isSyllable } from '#src/domain/text/speech/syllable.ts';
import { loadTexts } from '#src/i18n/texts.ts';
import { loadPlanFolder } from '#src/plan/load-plan.ts';

const PLANS = join(import.meta.dirname, '../../../../plans');
const labels = await loadTexts('vi').then((texts) => renderLabels((ref) => texts.render(ref)));
const TOPICS_OF_THE_LAW = ['TT-01', 'TT-02', 'TT-03', 'TT-04', 'TT-05', 'TT-06', 'TT-07', 'TT-08'];

async function posts(plan: string, folder: string) {
  const loaded = await loadPlanFolder(join(PLANS, plan), join(PLANS, folder));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.posts.map((post) => ({ post, ward: loaded.plan.ward.name }));
}

const own = await posts('bai-chay-2024.yaml', 'posts');
const all = [...own, ...(await posts('dao-thong-2026.yaml', 'posts-dao-thong'))];

describe('the posts of the plans, read aloud', () => {
  it('cover every topic of section III.1', () => {
    const topics = new Set(own.map(({ post }) => post.topic));
    expect(TOPICS_OF_THE_LAW.filter((topic) => !topics.has(topic))).toEqual([]);
  });

  it.each(all.map(({ post, ward }) => [post.id, ward, post] as const))(
    '%s of %s has no abbreviation, digit or symbol left and nothing that is hard to read',
    (_id, ward, post) => {
      const { text, doubts } = speechScript(post, ward, labels);
      expect(text).toMatch(/^[\p{Script=Latin} \n.,?!:;]+$/u);
      // An abbreviation is letters that make no syllable, or capitals in a row.
      expect(text.split(/[^\p{L}]+/u).filter((word) => word !== '' && !isSyllable(word))).toEqual([]);
      expect(text.match(/\p{Lu}{2,}/gu)).toBeNull();
      expect(doubts).toEqual([]);
    },
  );

  it.each(own.map(({ post, ward }) => [post.id, ward, post] as const))(
    '%s has 80 to 200 words and takes at most two minutes',
    (_id, ward, post) => {
      const length = syllables(post.body);
      expect(length).toBeGreaterThanOrEqual(80);
      expect(length).toBeLessThanOrEqual(200);
      const { minutes, seconds } = readingTime(speechScript(post, ward, labels).text);
      expect(minutes * 60 + seconds).toBeLessThanOrEqual(120);
    },
  );

  it('greet once', () => {
    for (const { post, ward } of all)
      expect(speechScript(post, ward, labels).text.match(/Kính thưa/gu)).toHaveLength(1);
  });
});

describe('readingTime', () => {
  it('is never nothing, and grows with the words and the pauses', () => {
    expect(readingTime('Một')).toEqual({ minutes: 0, seconds: 5 });
    expect(readingTime('tiếng '.repeat(192))).toEqual({ minutes: 1, seconds: 0 });
    expect(readingTime('tiếng, '.repeat(192))).toEqual({ minutes: 1, seconds: 50 });
  });
});
