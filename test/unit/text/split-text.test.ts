import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '#src/domain/text/split-text.ts';

const squeeze = (text: string) => text.normalize('NFC').replace(/\s+/gu, '');
const anyText = fc.string({ unit: 'grapheme', maxLength: 400 });
const prose = fc
  .array(
    fc.constantFrom('Nhân', 'dân', 'được', 'bàn.', 'TP.', '\n\n', '😀', 'quyết định!', 'e\u0302\u0301', '\n'),
    { maxLength: 200 },
  )
  .map((words) => words.join(' '));

describe('splitText', () => {
  it('never makes a part longer than the limit, nor an empty one', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, prose), fc.integer({ min: 2, max: 80 }), (text, limit) => {
        for (const part of splitText(text, limit)) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.trim()).toBe(part);
          expect(part).not.toBe('');
        }
      }),
    );
  });

  it('keeps every character that is not white space, in order and composed', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, prose), fc.integer({ min: 2, max: 80 }), (text, limit) => {
        expect(squeeze(splitText(text, limit).join(''))).toBe(squeeze(text));
      }),
    );
  });

  it('never cuts a surrogate pair', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 3 }), (limit, shift) => {
        for (const part of splitText('a'.repeat(shift) + '😀'.repeat(30), limit)) {
          expect(part.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it('never cuts a word that fits', () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 20, max: 80 }), (text, limit) => {
        const words = text.normalize('NFC').split(/\s+/u).filter(Boolean);
        expect(splitText(text, limit).flatMap((part) => part.split(/\s+/u))).toEqual(words);
      }),
    );
  });

  it('prefers the end of a paragraph, then of a sentence', () => {
    expect(splitText('Một hai ba bốn.\n\nNăm sáu. Bảy tám.', 24)).toEqual([
      'Một hai ba bốn.',
      'Năm sáu. Bảy tám.',
    ]);
    expect(splitText('Một hai ba bốn. Năm sáu bảy tám.', 24)).toEqual([
      'Một hai ba bốn.',
      'Năm sáu bảy tám.',
    ]);
  });

  it('does not take an abbreviation for the end of a sentence', () => {
    expect(splitText('Ông bà ở thành phố TP. Hạ Long', 26)).toEqual(['Ông bà ở thành phố TP. Hạ', 'Long']);
  });

  it('leaves a text that fits alone and a blank text without parts', () => {
    expect(splitText('Kính gửi', 8)).toEqual(['Kính gửi']);
    expect(splitText(' \n ', 8)).toEqual([]);
    expect(() => splitText('a', 1)).toThrow(RangeError);
  });
});
