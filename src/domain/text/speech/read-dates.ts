import { digitsInWords, monthInWords, numberInWords } from './numbers.ts';
import { endsWith, type Found, type Reader } from './scan.ts';
import type { SpeechWords } from './speech-words.ts';

/** The days that people call mùng. */
const EARLY_DAYS = 10;
const CENTURY = 2_000;

const SAID_DAY = /(?<!\p{L})(?:ngày|hôm|mùng|mồng|rằm)\s+$/iu;
const SAID_EARLY = /(?<!\p{L})(?:mùng|mồng)\s+$/iu;
const SAID_MONTH = /(?<!\p{L})tháng\s+$/iu;
/** What surely stands before a date and not before a part of something. */
const DATE_COMES =
  /(?<!\p{L})(?:ngày|hôm|mùng|mồng|sáng|trưa|chiều|tối|đêm|từ|đến|tới|trước|sau|hết|lễ|dịp|hạn|vào|khánh|nhật|[2-7]|\d\s?[-–])\s*(?:ngày\s+)?$/iu;
const PART_COMES =
  /(?<!\p{L})(?:ít nhất|tối thiểu|quá|hơn|trên|khoảng|chiếm|đạt|được|bằng|đủ|gần|cả|có|còn|lệ|là)\s+$/iu;
/** 2/3 số hộ, 18/22 tổ: a part of what is counted. */
const COUNTED =
  /^\s+(?:tổng|số|hộ|nhà|gia đình|người|dân|cử tri|đại biểu|đại diện|thành viên|hội viên|đảng viên|phiếu|ý kiến|tổ|khu|nhóm|nơi|diện tích|quãng|chiều|thời gian|giá|mức|cán bộ|trở lên)(?!\p{L})/iu;
const ADDRESS = /(?<!\p{L})(?:số nhà|số|ngõ|ngách|hẻm|kiệt|nhà|căn|phòng)\s+$/iu;

/** Dates, months, and the fractions and house numbers that look like them. */
export function dateReaders(words: SpeechWords): readonly Reader[] {
  const year = (digits: string) =>
    ` ${words.word.year} ${digitsInWords(digits.length === 2 ? String(CENTURY + Number(digits)) : digits, words)}`;
  const dayName = (day: number, early: boolean) =>
    day <= EARLY_DAYS && !early
      ? `${words.word.earlyDay} ${numberInWords(day, words)}`
      : numberInWords(day, words);
  const said = (found: Found, day: string, month: string | undefined, inYear: string | undefined): string => {
    const called = endsWith(found.before, SAID_DAY) ? '' : `${words.word.day} `;
    const inMonth = month === undefined ? '' : ` ${words.word.month} ${monthInWords(Number(month), words)}`;
    const early = endsWith(found.before, SAID_EARLY);
    return `${called}${dayName(Number(day), early)}${inMonth}${inYear ? year(inYear) : ''}`;
  };

  const whole: Reader = {
    pattern: /(?<![\d/.,])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|[.,]\d)/uy,
    say(found) {
      const [, day = '', , month = '', inYear = ''] = found.groups;
      return isDay(day, month) ? said(found, day, month, inYear) : null;
    },
  };
  const iso: Reader = {
    pattern: /(?<![\d/.,-])(\d{4})-(\d{2})-(\d{2})(?![\d-])/uy,
    say(found) {
      const [, inYear = '', month = '', day = ''] = found.groups;
      return isDay(day, month) ? said(found, day, month, inYear) : null;
    },
  };
  const span: Reader = {
    pattern: /(?<![\d/.,])(\d{1,2})\s?[-–]\s?(?=(\d{1,2})\/(\d{1,2})(?![\d]))/uy,
    say(found) {
      const [, first = '', last = '', month = ''] = found.groups;
      if (!isDay(first, month) || !isDay(last, month) || Number(first) >= Number(last)) return null;
      return `${said(found, first, undefined, undefined)} ${words.word.to} `;
    },
  };
  const monthOfYear: Reader = {
    pattern: /(?<![\d/.,])(\d{1,2})\/(\d{4})(?![\d/])/uy,
    say(found) {
      const [, month = '', inYear = ''] = found.groups;
      if (!isMonth(month) || endsWith(found.before, /(?<!\p{L})số\s+$/iu)) return null;
      const called = endsWith(found.before, SAID_MONTH) ? '' : `${words.word.month} `;
      return `${called}${monthInWords(Number(month), words)}${year(inYear)}`;
    },
  };
  const dayOrPart: Reader = {
    pattern: /(?<![\d/.,])(\d{1,3})\/(\d{1,3})(?![\d/])/uy,
    say(found) {
      const [, left = '', right = ''] = found.groups;
      const isDate = isDay(left, right) && (endsWith(found.before, DATE_COMES) || !isPart(found));
      if (isDate && !endsWith(found.before, ADDRESS)) return said(found, left, right, undefined);
      const link = isPart(found) && Number(right) <= EARLY_DAYS ? words.word.partsOf : words.word.outOf;
      return `${digitsInWords(left, words)} ${link} ${digitsInWords(right, words)}`;
    },
  };
  /** "ngày 1 tháng 7", "ngày 5 hằng tháng"; but "mỗi ngày 2 lần". */
  const dayAlone: Reader = {
    pattern: /(?<![\d/.,])(\d{1,2})(?![\d/]|[.,]\d|h|:)/uy,
    say(found) {
      const [, day = ''] = found.groups;
      if (!endsWith(found.before, /(?<!\p{L})ngày\s+$/iu) || Number(day) < 1 || Number(day) > EARLY_DAYS)
        return null;
      if (endsWith(found.before, /(?<!\p{L})(?:mỗi|một|hằng|hàng|cả|trong|số)\s+ngày\s+$/iu)) return null;
      return DAY_ENDS.test(found.after) ? dayName(Number(day), false) : null;
    },
  };
  return [whole, iso, span, monthOfYear, dayOrPart, dayAlone];
}

const DAY_ENDS =
  /^\s*(?:$|[.,;:!?)]|[-–]|(?:tháng|và|hoặc|đến|tới|hằng|hàng|mỗi|âm|này|sau|trước|vừa|năm)(?!\p{L}))/iu;

function isPart({ before, after, groups }: Found): boolean {
  const isLess = Number(groups[1]) <= Number(groups[2]);
  return isLess && (COUNTED.test(after) || endsWith(before, PART_COMES));
}

const isMonth = (value: string) => Number(value) >= 1 && Number(value) <= 12;
const isDay = (day: string, month: string) =>
  day.length <= 2 && month.length <= 2 && Number(day) >= 1 && Number(day) <= 31 && isMonth(month);

/** 6h30, 6:30, 17 giờ, 7 giờ 05 phút; a full hour is said without its minutes. */
export function timeReaders(words: SpeechWords): readonly Reader[] {
  const said = (hour: string, minute: string | undefined): string => {
    const spoken = `${digitsInWords(hour, words)} ${words.word.hour}`;
    return minute === undefined || Number(minute) === 0
      ? spoken
      : `${spoken} ${digitsInWords(minute, words)} ${words.word.minute}`;
  };
  return [
    {
      pattern: /(?<![\d/.,])(\d{1,2})\s?(?:h|giờ)\s?(\d{2})(?:\s?(?:'|p|ph|phút))?(?![\d/.]\d|\d|\p{L})/iuy,
      say: ({ groups: [, hour = '', minute = ''] }) => (Number(minute) < 60 ? said(hour, minute) : null),
    },
    {
      pattern: /(?<![\d/.,])(\d{1,2})g(\d{2})(?:'|p|ph)?(?![\d\p{L}])/iuy,
      say: ({ groups: [, hour = '', minute = ''] }) => (Number(minute) < 60 ? said(hour, minute) : null),
    },
    {
      pattern: /(?<![\d/.,:])(\d{1,2}):(\d{2})(?![\d:])/uy,
      say: ({ groups: [, hour = '', minute = ''] }) =>
        Number(hour) <= 24 && Number(minute) < 60 ? said(hour, minute) : null,
    },
    {
      pattern: /(?<![\d/.,])(\d{1,2})\s?h(?![\d\p{L}])/iuy,
      say: ({ groups: [, hour = ''] }) => said(hour, undefined),
    },
    {
      pattern: /(?<![\d/.,])(\d{1,3})\s?(?:'|′|ph|p)(?![\d\p{L}.])/uy,
      say: ({ groups: [, minute = ''] }) => `${digitsInWords(minute, words)} ${words.word.minute}`,
    },
  ];
}
