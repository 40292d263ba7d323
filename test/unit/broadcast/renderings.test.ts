import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderLabels } from '#src/domain/broadcast/labels.ts';
import { renderingParts } from '#src/domain/broadcast/message-parts.ts';
import { PART_LIMITS, renderPost } from '#src/domain/broadcast/render-post.ts';
import type { OutboundMessage } from '#src/domain/outbound.ts';
import type { RenderingName } from '#src/domain/run.ts';
import { parseMarks } from '#src/domain/text/formatted-text.ts';
import { loadTexts } from '#src/i18n/texts.ts';
import { plan } from '#test/support/conversation.ts';

const texts = await loadTexts('vi');
const labels = renderLabels((ref) => texts.render(ref));

const pieces = fc.oneof(
  fc.constantFrom(
    'Mời bà con đi họp.',
    'Đúng 19 giờ!',
    '*Nhớ mang giấy tờ*',
    '_khu 3_',
    '\n\n',
    '\n',
    '👨‍👩‍👧',
    '😀',
  ),
  fc.constantFrom(
    'e\u0302\u0301',
    'ơ\u0301i',
    'TP. Hạ Long',
    'https://bai-chay.vn/a_b',
    'x'.repeat(700),
    '(*',
    '@all',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const bodies = fc
  .tuple(
    fc.array(pieces, { minLength: 1, maxLength: 40 }),
    fc.integer({ min: 1, max: 6 }),
    fc.constantFrom(' ', ''),
  )
  .map(([parts, times, seam]) => Array.from({ length: times }, () => parts.join(seam)).join(seam));
const posts = fc.record({
  title: fc.constantFrom('', 'Họp khu phố', 'Thông báo\u0323'),
  body: bodies,
  photoIds: fc
    .integer({ min: 0, max: 10 })
    .map((n) => Array.from({ length: n }, (_, at) => `photo.${String(at)}`)),
  documentId: fc.constantFrom(null, 'document.1/Giấy mời.pdf'),
});

const LIMITS_OF = {
  telegram: PART_LIMITS.telegram,
  zalo: PART_LIMITS.zalo,
  relay: PART_LIMITS.zalo,
  loudspeaker: PART_LIMITS.telegram,
} as const;
const NAMES = ['telegram', 'zalo', 'relay', 'loudspeaker'] as const satisfies readonly RenderingName[];

const limitOf = (name: RenderingName, part: OutboundMessage): number => {
  const limits = LIMITS_OF[name];
  if (part.photoIds) return limits.captionChars;
  return part.documentId === undefined ? limits.textChars : limits.documentCaptionChars;
};
const squeeze = (text: string) => text.replace(/\s+/gu, '');
const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });

describe('any post', () => {
  it('is sent in the very parts that are previewed, each within what its platform takes', () => {
    fc.assert(
      fc.property(posts, (post) => {
        const renderings = renderPost(post, plan, labels);
        for (const name of NAMES) {
          const sent = renderingParts(name, renderings[name], undefined, LIMITS_OF[name]);
          expect(
            sent.map(({ text, spans = [], photoIds = [], documentId = null }) => ({
              text,
              spans,
              photoIds,
              documentId,
            })),
          ).toEqual(renderings[name].parts);
          for (const part of sent) {
            expect(part.text.length).toBeLessThanOrEqual(limitOf(name, part));
            expect(part.photoIds?.length ?? 0).toBeLessThanOrEqual(LIMITS_OF[name].albumPhotos);
            expect(part.text !== '' || part.photoIds || part.documentId).toBeTruthy();
            for (const { offset, length } of part.spans ?? [])
              expect(offset + length).toBeLessThanOrEqual(part.text.length);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('loses and adds no word, photo or document, and keeps what is bold where it was', () => {
    fc.assert(
      fc.property(posts, (post) => {
        const { telegram, zalo } = renderPost(post, plan, labels);
        const body = parseMarks(post.body.trim());
        for (const { parts } of [telegram, zalo]) {
          const words = squeeze(parts.map((part) => part.text).join(' '));
          expect(words).toBe(squeeze(words.normalize('NFC')));
          expect(words).toContain(squeeze(body.text));
          expect(parts.flatMap((part) => part.photoIds)).toEqual(post.photoIds);
          expect(parts.flatMap((part) => part.documentId ?? [])).toEqual(
            [post.documentId].flatMap((id) => id ?? []),
          );
        }
        const marked = (spans: typeof body.spans, text: string) =>
          spans.map(({ offset, length }) => squeeze(text.slice(offset, offset + length))).join('');
        const sent = telegram.parts.map((part) =>
          marked(
            part.spans.filter((one) => one.kind === 'italic'),
            part.text,
          ),
        );
        expect(sent.join('')).toBe(
          marked(
            body.spans.filter((one) => one.kind === 'italic'),
            body.text,
          ),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('is never cut inside a letter', () => {
    fc.assert(
      fc.property(posts, (post) => {
        const { telegram, zalo } = renderPost({ ...post, title: '' }, plan, labels);
        for (const { parts } of [telegram, zalo]) {
          const texts = parts.map((part) => part.text).filter((text) => text !== '');
          for (const [index, text] of texts.entries()) {
            const next = texts[index + 1];
            if (
              next === undefined ||
              !post.body.normalize('NFC').includes(text.slice(-20) + next.slice(0, 20))
            )
              continue;
            // No blank stood at the seam: it lies between two letters all the same.
            expect(graphemes.segment(text + next).containing(text.length)?.index).toBe(text.length);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a long post', () => {
  it('is cut at the end of a sentence wherever one ends within the limit', () => {
    const sentence = `${'Mời bà con trong khu đi họp '.repeat(7).trim()}.`;
    const body = Array.from({ length: 60 }, () => sentence).join(' ');
    for (const photoIds of [[], ['photo.0']]) {
      const { telegram, zalo, relay } = renderPost(
        { title: '', body, photoIds, documentId: null },
        plan,
        labels,
      );
      for (const { parts } of [telegram, zalo, { parts: relay.parts.slice(1) }]) {
        expect(parts.length).toBeGreaterThan(2);
        for (const part of parts.slice(0, -1)) expect(part.text.endsWith('.')).toBe(true);
      }
    }
  });
});
