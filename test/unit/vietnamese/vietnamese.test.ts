import { describe, expect, it } from 'vitest';
import { answerNumber } from '#src/domain/vietnamese/answer.ts';
import { fold, neighbourKey, searchKey, tidy } from '#src/domain/vietnamese/fold.ts';
import { findPhone, maskPersonal, withoutPhone } from '#src/domain/vietnamese/phone.ts';
import { findNeighbourhood, namesPlace } from '#src/domain/vietnamese/place.ts';
import { soundsLikeDenunciation, soundsLikeEmergency } from '#src/domain/vietnamese/triage.ts';

describe('fold', () => {
  it.each([
    ['Đường Hạ Long', 'duong ha long'],
    ['Đường Hạ Long'.normalize('NFD'), 'duong ha long'],
    ['\u00D0ường', 'duong'],
    ['ng\u200bập', 'ngap'],
    ['HOÀ', 'hoa'],
  ])('gives %j the key %j whatever keyboard or phone wrote it', (words, key) => {
    expect(fold(words)).toBe(key);
  });

  it('writes out unambiguous teencode in the search copy only', () => {
    expect(searchKey('đg ngập, k ai xử lý')).toBe('duong ngap khong ai xu ly');
    expect(tidy('đg ngập, k ai xử lý')).toBe('đg ngập, k ai xử lý');
  });

  it('hears neighbours who write l for n, x for s, ch for tr', () => {
    expect(neighbourKey('nước sạch trên')).toBe(neighbourKey('lước xạch chên'));
  });
});

describe('answerNumber', () => {
  it.each([
    ['1', '1'],
    ['số 1', '1'],
    ['Số 1 ạ', '1'],
    ['một ạ', '1'],
    ['1.', '1'],
    ['1️⃣', '1'],
    ['ok', '1'],
    ['Dạ', '1'],
    ['👍', '1'],
    ['👍🏽', '1'],
    ['hai', '2'],
    ['ba', '3'],
    ['chọn 3 nhé', '3'],
    ['0', '0'],
    ['12', '12'],
  ])('takes %j for the answer %s', (words, number) => {
    expect(answerNumber(words)).toBe(number);
  });

  it.each(['đèn hỏng rồi cháu ơi', 'tổ 5 khu 3', '0912345678', 'bà ơi', '', 'không'])(
    'takes %j for no number',
    (words) => {
      expect(answerNumber(words)).toBeNull();
    },
  );
});

describe('phone numbers', () => {
  it.each([
    ['gọi 0912 345 678 nhé', '0912345678'],
    ['+84 912.345.678', '0912345678'],
    ['0203 384 6789', '02033846789'],
  ])('are found in %j', (words, phone) => {
    expect(findPhone(words)).toBe(phone);
  });

  it.each([
    ['Bà Tư, sđt 0912 345 678', 'Bà Tư'],
    ['0912345678 bà Tư', 'bà Tư'],
    ['Bà Tư số điện thoại: 0912.345.678 nhé', 'Bà Tư nhé'],
    ['Ông Số', 'Ông Số'],
    ['0912345678', ''],
  ])('reads the name beside the number in “%s”', (words, name) => {
    expect(withoutPhone(words)).toBe(name);
  });

  it('are not found in a citizen id, and neither is readable after masking', () => {
    expect(findPhone('012345678901')).toBeNull();
    const masked = maskPersonal('gọi 0912 345 678, căn cước 012345678901');
    expect(masked).not.toMatch(/\d{3}/u);
  });
});

describe('places', () => {
  it.each(['đèn hỏng ở tổ 5 khu 3', 'ngõ 12 ngập', 'cạnh trường tiểu học', 'https://maps.app.goo.gl/abc'])(
    'are named in %j',
    (words) => {
      expect(namesPlace(words)).toBe(true);
    },
  );

  it.each(['đèn đường hỏng rồi', 'đường ngập quá', 'đèn hỏng rồi cháu ơi'])(
    'are not named in %j',
    (words) => {
      expect(namesPlace(words)).toBe(false);
    },
  );

  const known = ['5', '5A', '6'].map((number) => ({
    id: `khu-${number.toLowerCase()}`,
    name: `Khu ${number}`,
    aliases: [],
    households: null,
  }));

  it.each([
    ['khu 5a', 'khu-5a'],
    ['Khu 5A ạ', 'khu-5a'],
    ['5', 'khu-5'],
    ['khu 6', 'khu-6'],
  ])('finds the neighbourhood of %j', (words, id) => {
    expect(findNeighbourhood(words, known)?.id).toBe(id);
  });
});

describe('triage', () => {
  it('names emergency numbers for danger and not for a lamp', () => {
    expect(soundsLikeEmergency('cháy nhà rồi')).toBe(true);
    expect(soundsLikeEmergency('đèn đường bị cháy bóng')).toBe(false);
  });

  it('never decides a denunciation on words without tone marks', () => {
    expect(soundsLikeDenunciation('Tôi tố cáo ông A')).toBe(true);
    expect(soundsLikeDenunciation('nha to cao che het nang')).toBe(false);
  });
});
