import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isSyllable } from '#src/domain/text/speech/syllable.ts';
import { toSpeech } from '#src/domain/text/speech/to-speech.ts';
import { heard, words } from './words.ts';

/** A busy machine, not a slow reader. */
vi.setConfig({ testTimeout: 30_000 });

/** Letters, spaces, line breaks and what a voice can do with a sign. */
const SAYABLE = /^[\p{Script=Latin}\p{M} \n.,?!:;]*$/u;

describe('documents', () => {
  it.each([
    ['NQ 157/NQ-HĐND', 'Nghị quyết số một trăm năm mươi bảy của Hội đồng nhân dân'],
    ['theo 157/NQ-HĐND', 'Theo Nghị quyết số một trăm năm mươi bảy của Hội đồng nhân dân'],
    [
      'Nghị quyết số 157/NQ-HĐND ngày 30/01/2024 của HĐND thành phố',
      'Nghị quyết số một trăm năm mươi bảy ngày ba mươi tháng một năm hai nghìn không trăm hai mươi tư của Hội đồng nhân dân thành phố',
    ],
    ['Luật số 10/2022/QH15', 'Luật số mười năm hai nghìn không trăm hai mươi hai của Quốc hội khóa mười lăm'],
    [
      'Nghị định 45/2023/NĐ-CP',
      'Nghị định số bốn mươi lăm năm hai nghìn không trăm hai mươi ba của Chính phủ',
    ],
    ['Nghị định 59/2023', 'Nghị định số năm mươi chín năm hai nghìn không trăm hai mươi ba'],
    ['KH 124/KH-UBND', 'Kế hoạch số một trăm hai mươi tư của Ủy ban nhân dân'],
    ['QĐ 217-QĐ/TW', 'Quyết định số hai trăm mười bảy của Trung ương'],
    ['Nghị quyết số 122-NQ/ĐU', 'Nghị quyết số một trăm hai mươi hai của Đảng ủy'],
    ['khoản 1 Điều 13', 'Khoản một Điều mười ba'],
  ])('%s', (written, spoken) => {
    expect(heard(written)).toBe(spoken);
  });
});

describe('names, short forms and letters', () => {
  it.each([
    ['UBND, HĐND và UBMTTQ phường', 'Ủy ban nhân dân, Hội đồng nhân dân và Ủy ban Mặt trận Tổ quốc phường'],
    ['làm TTHC, CCHC, QCDC', 'Làm thủ tục hành chính, cải cách hành chính, quy chế dân chủ'],
    ['Ban TTND, Ban GSĐTCĐ, BCĐ', 'Ban thanh tra nhân dân, Ban giám sát đầu tư của cộng đồng, Ban chỉ đạo'],
    ['CBCC nộp BHYT, CCCD, DVC', 'Cán bộ, công chức nộp bảo hiểm y tế, căn cước công dân, dịch vụ công'],
    ['PCCC và ANTT ở TDP', 'Phòng cháy chữa cháy và an ninh trật tự ở tổ dân phố'],
    ['TP. Hạ Long, P. Bãi Cháy', 'Thành phố Hạ Long, phường Bãi Cháy'],
    ['quét mã QR trên VNeID hoặc Zalo', 'Quét mã quy rờ trên Vi en ai đi hoặc Da lô'],
    ['Ủy ban nhân dân (UBND) phường', 'Ủy ban nhân dân phường'],
    ['ubnd phường', 'Ủy ban nhân dân phường'],
    ['Khu 5A, lô B12', 'Khu năm A, lô bê mười hai'],
    ['Khu 3, Tổ 5', 'Khu ba, Tổ năm'],
    ['Tổ 1,2,3', 'Tổ một, hai, ba'],
    ['khóa XI, quý II, Điều II', 'Khóa mười một, quý hai, Điều hai'],
    ['lần thứ IV', 'Lần thứ tư'],
    ['THÔNG BÁO CẮT ĐIỆN', 'Thông báo cắt điện'],
    ['HĐND phường'.normalize('NFD'), 'Hội đồng nhân dân phường'],
  ])('%s', (written, spoken) => {
    expect(heard(written)).toBe(spoken);
    expect(toSpeech(written, words).doubts).toEqual([]);
  });

  it('spells letters that nobody has explained, and says so to the editor', () => {
    expect(toSpeech('Công ty XDG báo tin.', words)).toEqual({
      text: 'Công ty ích dê giê báo tin.',
      doubts: [{ kind: 'spelled', written: 'XDG', spoken: 'ích dê giê' }],
    });
  });

  it('leaves a word of another language as it is, and says so to the editor', () => {
    expect(toSpeech('Khách sạn Novotel', words).doubts).toEqual([
      { kind: 'foreign', written: 'Novotel', spoken: 'Novotel' },
    ]);
  });
});

describe('amounts', () => {
  it.each([
    ['500.000đ/hộ/năm', 'Năm trăm nghìn đồng mỗi hộ mỗi năm'],
    ['1,5 triệu đồng, 2 tỷ', 'Một phẩy năm triệu đồng, hai tỷ'],
    ['tăng 12,5%', 'Tăng mười hai phẩy năm phần trăm'],
    [
      '120m2, 3,5 km, 25 kg, 38°C',
      'Một trăm hai mươi mét vuông, ba phẩy năm ki lô mét, hai mươi lăm ki lô gam, ba mươi tám độ',
    ],
    ['15-20 phút', 'Mười lăm đến hai mươi phút'],
    [
      'giai đoạn 2021-2025',
      'Giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm hai mươi lăm',
    ],
    ['từ 5 đến 7', 'Từ năm đến bảy'],
    ['05 (năm) ngày', 'Năm ngày'],
    ['2 lần/tuần', 'Hai lần mỗi tuần'],
    ['gọi 0912.345.678', 'Gọi không chín một hai, ba bốn năm, sáu bảy tám'],
    ['gọi 02033846123', 'Gọi không hai không ba, ba tám bốn, sáu một hai ba'],
    ['tổng đài 1022, gọi ngay 113', 'Tổng đài một không hai hai, gọi ngay một một ba'],
    ['113 hộ', 'Một trăm mười ba hộ'],
    ['việc 3-0147', 'Việc ba, không một bốn bảy'],
  ])('%s', (written, spoken) => {
    expect(heard(written)).toBe(spoken);
  });
});

describe('signs, lists and links', () => {
  it.each([
    ['“Dân biết, dân bàn”', 'Dân biết, dân bàn'],
    ['chương trình, kế hoạch,…', 'Chương trình, kế hoạch, vân vân'],
    ['kinh tế - xã hội', 'Kinh tế xã hội'],
    ['cơ quan - đơn vị', 'Cơ quan, đơn vị'],
    ['Kính mời ông/bà, anh/chị', 'Kính mời ông bà, anh chị'],
    ['xem tại https://baichay.gov.vn/a?b=1 nhé', 'Xem tại đường dẫn phường gửi trong nhóm Da lô nhé'],
    ['gửi e-mail: tin@baichay.gov.vn', 'Gửi hộp thư điện tử của phường'],
    ['vào dichvucong.gov.vn', 'Vào Cổng dịch vụ công'],
    ['- Rửa tay sạch;', 'Rửa tay sạch'],
    ['• ăn chín 🎉', 'Ăn chín'],
    ['1. Việc đầu', 'Một: Việc đầu'],
  ])('%s', (written, spoken) => {
    expect(heard(written)).toBe(spoken);
  });
});

describe('sentences', () => {
  it('breaks a long sentence where both halves can stand alone', () => {
    const long =
      'Điện lực sửa đường dây ở đầu khu nên sáng mai cả khu mất điện đến trưa, vì vậy bà con nhớ tích nước và sạc đèn từ tối nay.';
    expect(toSpeech(long, words).text).toBe(
      'Điện lực sửa đường dây ở đầu khu nên sáng mai cả khu mất điện đến trưa. Vì vậy bà con nhớ tích nước và sạc đèn từ tối nay.',
    );
  });

  it('cuts off no clause that cannot stand alone, no list after a colon and nothing in quotation marks', () => {
    for (const whole of [
      'Khi khu phố quyết việc chung của cả khu cho nhiều năm về sau này, phường mời mỗi gia đình cử một người đến họp.',
      'Xin kể cho phường nghe ba điều về người ấy: người ấy làm việc gì, ở khu nào trong phường, bà con được nhờ ra sao.',
      'Chủ đề ấy là: “nâng cao chất lượng tăng trưởng kinh tế; phát triển văn hóa, con người giàu bản sắc Quảng Ninh”.',
    ]) {
      expect(toSpeech(whole, words).text.match(/\./gu)).toHaveLength(1);
    }
  });

  it('tells the editor of a sentence that is too long and could not be cut', () => {
    const { doubts } = toSpeech(`Phường mời ${'người dân của khu '.repeat(10)}đến họp.`, words);
    expect(doubts.map((one) => one.kind)).toEqual(['long']);
  });
});

describe('whatever is written', () => {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...MADE_UP()) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.nat(10 ** 9).map(String) },
  );

  it('leaves no digit and no symbol, and tells of every word that is not Vietnamese', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(' ', '', ', ', '\n'),
        (pieces, between) => {
          const { text, doubts } = toSpeech(pieces.join(between), words);
          expect(text).toMatch(SAYABLE);
          const told = new Set(
            doubts.flatMap((one) => [one.written.toLowerCase(), ...one.spoken.toLowerCase().split(' ')]),
          );
          for (const word of text.split(/[^\p{L}\p{M}]+/u).filter(Boolean)) {
            if (!isSyllable(word)) expect(told).toContain(word.toLowerCase());
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('is the same when what is read is read again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MADE_UP()), { minLength: 1, maxLength: 4 }), (pieces) => {
        const once = toSpeech(pieces.join('\n'), words).text;
        expect(toSpeech(once, words).text).toBe(once);
      }),
    );
  });
});

/** Lines as officers write them. */
function MADE_UP(): readonly string[] {
  return [
    'UBND phường',
    'Kế hoạch số 15/KH-UBND ngày 02/3/2024',
    'từ 7h30-11h30, 13h30-17h00',
    'SĐT: 0912.345.678 (đ/c Hà)',
    'tăng 12,5% so với cùng kỳ',
    '500.000đ/hộ',
    '2/3 số hộ',
    'TP. Hạ Long',
    'lần thứ XIII',
    'https://baichay.gov.vn/tin-tuc/1',
    'a@b.vn',
    '“dân biết, dân bàn”',
    'kinh tế - xã hội',
    'Khu 5A, Tổ 12B',
    'VNeID & Zalo',
    '- Rửa tay;',
    '1) Ăn chín, uống sôi',
    'quý I/2024',
    'm², m3, °C 38°C',
    '5 + 3 = 8; 3 < 5; x ≥ 2',
    '[khẩn] *chú ý* #1 @ai ~10% €5 §2 №3',
    'EVN ngừng cấp điện',
    'v.v.',
  ];
}
