import { decimalInWords, digitsInWords, numberInWords, oneByOne, ordinalInWords } from './numbers.ts';
import { alternatives, endsWith, type Found, type Reader } from './scan.ts';
import type { SpeechWords } from './speech-words.ts';

const AFTER_ORDINAL = /(?<!\p{L})thứ\s+(?:[2-7]\s*(?:,|và|đến|-|–)\s*)*$/iu;
const AFTER_MONTH = /(?<!\p{L})tháng\s+0?$/iu;
const CALLING =
  /(?<!\p{L})(?:gọi|báo|điện thoại|tổng đài|đường dây nóng|hotline|đt|sđt|số máy|liên hệ|alo)(?!\p{L})[^.!?\n]*$/iu;
const IS_CODE =
  /(?<!\p{L})(?:tài khoản|stk|cccd|căn cước|cmnd|mã số|mã)(?:\s+(?:công dân|thuế|số|hồ sơ))?\s*:?\s*$/iu;
/** Khu 1,2,3: a list of names and no decimal. */
const NAMED =
  /(?<!\p{L})(?:tổ|khu|khu phố|thôn|ngõ|điều|khoản|điểm|mục|trang|bài|phòng|thứ|tháng|quý|số)\s+$/iu;
const SCALES = '(?:nghìn|ngàn|triệu|tỷ|tỉ)';

/** Telephone numbers, amounts with their units, ordinals, ranges and plain numbers. */
export function amountReaders(words: SpeechWords): readonly Reader[] {
  const units = alternatives(words.units.keys());
  const unit = `(?:\\s?(${units})(?![\\p{L}\\d]))?`;
  const withUnit = (spoken: string, written: string | undefined) =>
    written === undefined ? spoken : `${spoken} ${words.units.get(written) ?? written}`;

  return [
    {
      pattern: /(?<![\d\p{L}])\d{5,}(?![\d\p{L}])/uy,
      say: ({ groups: [digits = ''], before }) =>
        endsWith(before, IS_CODE)
          ? (digits.match(/\d{1,3}/gu) ?? []).map((group) => oneByOne(group, words)).join(', ')
          : null,
    },
    ...phoneReaders(words),
    {
      pattern: /(?<![\p{L}\d.,])\d{1,3}(?:\s?,\s?\d{1,3}){2,}(?![\d.])/uy,
      say: ({ groups: [whole = ''], before }) => {
        const said = endsWith(before, AFTER_ORDINAL) ? ordinalInWords : numberInWords;
        if (/^\d{1,3}(?:,\d{3}){2,}$/u.test(whole)) return digitsInWords(whole.replaceAll(',', ''), words);
        return whole
          .split(',')
          .map((one) => said(Number(one), words))
          .join(', ');
      },
    },
    {
      pattern: /(?<![\p{L}\d.,])(\d{1,3}),(\d{1,3})(?!\d|,\d)/uy,
      say: ({ before, groups: [, one = '', other = ''] }) =>
        endsWith(before, NAMED) ? `${digitsInWords(one, words)}, ${digitsInWords(other, words)}` : null,
    },
    {
      pattern: new RegExp(
        `(?<![\\p{L}\\d])(\\d{1,3}(?:\\.\\d{3})+|\\d+)(?:,(\\d+))?(?!\\d|\\.\\d)${unit}(?!\\p{L})`,
        'uy',
      ),
      say(found) {
        const [, grouped = '', decimals, written] = found.groups;
        const digits = grouped.replaceAll('.', '');
        if (endsWith(found.before, IS_CODE) || isShortNumber(found, digits, words)) {
          return decimals === undefined ? oneByOne(digits, words) : null;
        }
        if (decimals !== undefined) return withUnit(decimalInWords(digits, decimals, words), written);
        return withUnit(wholeInWords(found, digits, words), written);
      },
    },
    {
      pattern: new RegExp(
        `(?<![\\p{L}\\d])(\\d+)\\.(\\d{1,2})(?![\\d.]|,\\d)(?=\\s?(?:${units}|${SCALES})(?!\\p{L}))${unit}`,
        'uy',
      ),
      say: ({ groups: [, whole = '', decimals = '', written] }) =>
        withUnit(decimalInWords(whole, decimals, words), written),
    },
    {
      pattern: /\d+(?:\.\d+)+/uy,
      say: ({ groups: [whole = ''] }) =>
        whole
          .split('.')
          .map((one) => digitsInWords(one, words))
          .join(` ${words.word.point} `),
    },
  ];
}

/** Whatever is left: a number next to letters or signs that no reader knows. */
export function leftoverReader(words: SpeechWords): Reader {
  return { pattern: /\d+/uy, say: ({ groups: [digits = ''] }) => digitsInWords(digits, words) };
}

function wholeInWords(found: Found, digits: string, words: SpeechWords): string {
  if (endsWith(found.before, AFTER_ORDINAL)) return ordinalInWords(Number(digits), words);
  if (Number(digits) === 4 && endsWith(found.before, AFTER_MONTH)) return words.word.fourth;
  return digitsInWords(digits, words);
}

/** 113 after "gọi" is three digits; 113 hộ is an amount. */
function isShortNumber({ before, after }: Found, digits: string, words: SpeechWords): boolean {
  if (!words.shortNumbers.includes(digits) || !CALLING.test(before)) return false;
  return !/^\s+(?:hộ|người|nhà|đồng|việc|ý kiến|phản ánh|cuộc|lần)(?!\p{L})/iu.test(after);
}

/** 0203 3846 123, 0912.345.678, 1900 6868: digit by digit, a breath after each group. */
function phoneReaders(words: SpeechWords): readonly Reader[] {
  const said = (written: string): string => {
    const groups = written
      .replace(/^\+84\s?/u, '0')
      .split(/[\s.\-()]+/u)
      .filter(Boolean);
    const [first = ''] = groups;
    return (groups.length > 1 ? groups : grouped(first)).map((group) => oneByOne(group, words)).join(', ');
  };
  return [
    {
      pattern: /(?<![\d\p{L}/.,])(?:\+84\s?|\(?0)\d{1,3}\)?(?:[ .-]?\d){6,9}(?![\d\p{L}]|[.,/]\d)/uy,
      say: ({ groups: [written = ''] }) => said(written),
    },
    {
      pattern: /(?<![\d\p{L}/.,])1[89]00(?:[ .]?\d){4,6}(?![\d\p{L}]|[.,/]\d)/uy,
      say: ({ groups: [written = ''] }) => said(written),
    },
    // A case's code: 3-0147.
    {
      pattern: /(?<![\d\p{L}/.,-])(\d{1,2})-(0\d{2,})(?![\d\p{L}]|[.,/-]\d)/uy,
      say: ({ groups: [, head = '', tail = ''] }) => `${oneByOne(head, words)}, ${oneByOne(tail, words)}`,
    },
  ];
}

function grouped(digits: string): readonly string[] {
  const lengths = /^1[89]00/u.test(digits) || /^02/u.test(digits) ? [4, 3, 4] : [4, 3, 3];
  const groups: string[] = [];
  let at = 0;
  for (const length of [...lengths, digits.length]) {
    if (at < digits.length) groups.push(digits.slice(at, at + length));
    at += length;
  }
  return groups;
}
