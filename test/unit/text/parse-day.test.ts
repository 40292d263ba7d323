import { describe, expect, it } from 'vitest';
import { parseProof } from '#src/domain/duties/parse-proof.ts';
import { parseDay } from '#src/domain/text/parse-day.ts';
import { fold } from '#src/domain/vietnamese/fold.ts';

describe('a day in words', () => {
  const today = '2024-12-20';
  it.each([
    ['25/12', '2024-12-25'],
    ['5/1', '2025-01-05'],
    ['5.1.2025', '2025-01-05'],
    ['chủ nhật', '2024-12-22'],
    ['thứ sáu', '2024-12-27'],
    ['CN', '2024-12-22'],
    ['thứ tư 25/12', '2024-12-25'],
    ['Thứ Năm, 02/01/2025', '2025-01-02'],
    ['thứ Ba 25/12', null],
    ['thứ hai tuần sau', '2024-12-23'],
    ['thứ ba tuần tới', '2024-12-24'],
    ['thứ hai tuần này', '2024-12-16'],
    ['thứ sáu tuần trước', '2024-12-13'],
    ['ngày 8/5/24', '2024-05-08'],
    ['1/3-31/12', null],
    ['hôm kia', '2024-12-18'],
    ['ngày 25', '2024-12-25'],
    ['ngày 18', '2025-01-18'],
    ['thứ tư ngày 25', '2024-12-25'],
    ['thứ ba ngày 25', null],
    ['ngày 32', null],
    ['ngày mốt', '2024-12-22'],
    ['nộp hôm nay, văn bản ngày 18/12', '2024-12-18'],
    ['ngày 25 tháng 12 năm 2024', '2024-12-25'],
    ['25/12/2204', null],
    ['mai', '2024-12-21'],
    ['hôm nay', '2024-12-20'],
    ['31/2', null],
    ['lúc nào cũng được', null],
    ['', null],
  ])('“%s” is %s', (words, expected) => {
    expect(parseDay(fold(words), today)).toBe(expected);
  });

  it.each([
    ['thứ sáu', '2024-12-20'],
    ['thứ bảy', '2024-12-14'],
    ['30/5', '2024-05-30'],
    ['28/12', '2024-12-28'],
    ['ngày 25', '2024-11-25'],
    ['ngày 18', '2024-12-18'],
    ['hôm qua', '2024-12-19'],
    ['29/2', '2024-02-29'],
  ])('“%s” that has been is %s', (words, expected) => {
    expect(parseDay(fold(words), today, 'back')).toBe(expected);
  });

  it('of a document lies behind, also at the turn of the year', () => {
    expect(parseProof('số 45/BC-UBND ngày 28/12', '2025-01-06').date).toBe('2024-12-28');
    expect(parseProof('BC 45 thứ sáu', '2025-01-06').date).toBe('2025-01-03');
    expect(parseProof('số 45/BC-UBND ngày 6/1', '2025-01-03').date).toBe('2025-01-06');
    expect(parseProof('số 45/BC-UBND ngày 28/12/2025', '2025-01-03').date).toBe('2025-12-28');
  });

  it('is found beside a document number that looks like one', () => {
    expect(parseProof('số 12/BC-UBND ngày 8/5/2024', '2024-05-09')).toEqual({
      number: '12/BC-UBND',
      date: '2024-05-08',
    });
    expect(parseProof('CV 88 gửi 8/5', '2024-05-09')).toEqual({ number: '88', date: '2024-05-08' });
    expect(parseProof('gửi 8/5', '2024-05-09')).toEqual({ number: null, date: '2024-05-08' });
  });
});
