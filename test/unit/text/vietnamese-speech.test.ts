import { describe, expect, it } from 'vitest';
import { renderLabels } from '#src/domain/broadcast/labels.ts';
import { numberInWords, readingMinutes, toSpeech } from '#src/domain/text/vietnamese-speech.ts';
import { loadTexts } from '#src/i18n/texts.ts';

const texts = await loadTexts('vi');
const { speech } = renderLabels((ref) => texts.render(ref));

describe('numberInWords', () => {
  it.each([
    [0, 'không'],
    [5, 'năm'],
    [10, 'mười'],
    [14, 'mười bốn'],
    [15, 'mười lăm'],
    [20, 'hai mươi'],
    [21, 'hai mươi mốt'],
    [24, 'hai mươi tư'],
    [25, 'hai mươi lăm'],
    [100, 'một trăm'],
    [105, 'một trăm linh năm'],
    [110, 'một trăm mười'],
    [157, 'một trăm năm mươi bảy'],
    [1_000, 'một nghìn'],
    [1_005, 'một nghìn không trăm linh năm'],
    [2_024, 'hai nghìn không trăm hai mươi tư'],
    [10_001, 'mười nghìn không trăm linh một'],
    [1_000_000, 'một triệu'],
    [1_200_000, 'một triệu hai trăm nghìn'],
    [1_000_000_000, 'một tỷ'],
    [2_050_000_000, 'hai tỷ không trăm năm mươi triệu'],
    [1_000_000_000_000, 'một nghìn tỷ'],
  ])('reads %d', (value, words) => {
    expect(numberInWords(value, speech)).toBe(words);
  });

  it('refuses what it cannot read', () => {
    for (const value of [-1, 1.5, 1_000_000_000_001, Number.NaN]) {
      expect(() => numberInWords(value, speech)).toThrow(RangeError);
    }
  });
});

describe('toSpeech', () => {
  it.each([
    ['UBND phường và HĐND', 'Ủy ban nhân dân phường và Hội đồng nhân dân'],
    ['làm TTHC', 'làm thủ tục hành chính'],
    ['NQ 157/NQ-HĐND', 'Nghị quyết một trăm năm mươi bảy của Hội đồng nhân dân'],
    ['Luật số 10/2022/QH15', 'Luật số mười năm hai nghìn không trăm hai mươi hai của Quốc hội khóa mười lăm'],
    ['ngày 30/01/2024', 'ngày ba mươi tháng một năm hai nghìn không trăm hai mươi tư'],
    ['trước 10/4', 'trước ngày mười tháng tư'],
    ['tháng 5/2024', 'tháng năm năm hai nghìn không trăm hai mươi tư'],
    ['6h30, 17h', 'sáu giờ ba mươi, mười bảy giờ'],
    ['1.200.000 đồng', 'một triệu hai trăm nghìn đồng'],
    ['đạt 98,5%', 'đạt chín mươi tám phẩy năm phần trăm'],
    ['gọi 0203384', 'gọi không hai không ba ba tám bốn'],
    ['TP. Hạ Long', 'thành phố Hạ Long'],
    ['Khu 5A', 'Khu 5A'],
  ])('reads %s', (written, spoken) => {
    expect(toSpeech(written, speech)).toBe(spoken);
  });

  it('reads composed and decomposed letters alike', () => {
    expect(toSpeech('HĐND phường'.normalize('NFD'), speech)).toBe('Hội đồng nhân dân phường');
  });
});

describe('readingMinutes', () => {
  it('is at least one', () => {
    expect(readingMinutes('một')).toBe(1);
    expect(readingMinutes('tiếng '.repeat(600))).toBe(4);
  });
});
