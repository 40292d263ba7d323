import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinFormatted, parseMarks, type TextSpan, toMarks } from '#src/domain/text/formatted-text.ts';

const bold = (offset: number, length: number): TextSpan => ({ kind: 'bold', offset, length });
const italic = (offset: number, length: number): TextSpan => ({ kind: 'italic', offset, length });

describe('marks', () => {
  it.each([
    ['*Đúng 19 giờ* thứ Sáu', 'Đúng 19 giờ thứ Sáu', [bold(0, 11)]],
    ['Nhớ _mang giấy tờ_.', 'Nhớ mang giấy tờ.', [italic(4, 12)]],
    ['**Thông báo**', 'Thông báo', [bold(0, 9)]],
    ['*_Khẩn_* lắm', 'Khẩn lắm', [bold(0, 4), italic(0, 4)]],
    ['(*đậm*), “_nghiêng_”', '(đậm), “nghiêng”', [bold(1, 3), italic(8, 7)]],
    ['\\*không đậm\\*', '*không đậm*', []],
  ])('of %j are read', (marked, text, spans) => {
    expect(parseMarks(marked)).toEqual({ text, spans });
  });

  it.each([
    '2*3*4 = 24',
    'ten_tep_tin.pdf',
    'https://bai-chay.vn/_tin_/so*1*',
    '* một\n* hai',
    '5 * 3 và 4 * 2',
    '*chỉ mở',
    'dòng *một\ndòng hai* hết',
    '** **',
    '_ _',
  ])('are not seen in %j', (text) => {
    expect(parseMarks(text)).toEqual({ text, spans: [] });
  });

  it('count in composed letters, whatever the phone sent', () => {
    const marked = 'Ủy ban *thông báo* họp';
    expect(parseMarks(marked.normalize('NFD'))).toEqual(parseMarks(marked));
    expect(parseMarks(marked)).toEqual({ text: 'Ủy ban thông báo họp', spans: [bold(7, 9)] });
  });

  it('made of spans are read as the same words, whatever stood in them', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            'Bà',
            ' ',
            '*',
            '_',
            '\\',
            'con',
            '\n',
            '😀',
            'https://a.vn/_x_',
            '.',
            '(',
            'e\u0301',
          ),
          {
            maxLength: 30,
          },
        )
        .map((pieces) => pieces.join('')),
    );
    const anySpans = fc.array(
      fc.record({
        kind: fc.constantFrom('bold', 'italic'),
        offset: fc.nat(60),
        length: fc.integer({ min: 1, max: 60 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(anyText, anySpans, (given, spans) => {
        const text = given.normalize('NFC').replaceAll(/[^\S\n]+(?=\n|$)/gu, '');
        expect(parseMarks(toMarks(text, spans)).text).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('made of spans at the edge of words give the same spans back', () => {
    const text = 'Mời bà con\nđi họp khu phố.';
    const spans = [bold(0, 3), italic(4, 6), bold(11, 6), italic(11, 2)];
    const read = parseMarks(toMarks(text, spans));
    expect(read.text).toBe(text);
    expect(read.spans).toEqual([bold(0, 3), italic(4, 6), bold(11, 6), italic(11, 2)]);
    expect(toMarks('Mời bà con\nđi họp', [bold(1, 11)])).toBe('*Mời bà con*\n*đi* họp');
  });
});

describe('joined texts', () => {
  it('keep their spans where their words are', () => {
    const joined = joinFormatted([parseMarks('*Một*'), parseMarks('_hai_')], '\n\n');
    expect(joined).toEqual({ text: 'Một\n\nhai', spans: [bold(0, 3), italic(5, 3)] });
  });
});
