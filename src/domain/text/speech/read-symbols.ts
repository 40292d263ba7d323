import { alternatives, endsWith, type Found, type Reader } from './scan.ts';
import { numberInWords } from './numbers.ts';
import { QUOTE } from './sentences.ts';
import type { SpeechWords } from './speech-words.ts';

const URL =
  /(?:(?:đường dẫn|đường link|liên kết|link)\s*:?\s*)?(?:https?:\/\/|www\.)[^\s)\]}>"”»]*[^\s)\]}>"”».,;:!?…]|(?:(?:đường dẫn|đường link|liên kết|link)\s*:?\s*)?(?<![\p{L}\d.@])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:vn|com|me|net|org|info|gov|edu|app|ly)(?:\/[^\s)\]}>"”»]*[^\s)\]}>"”».,;:!?…])?(?![\p{L}\d])/iuy;
const EMAIL = /(?:(?:e-?mail|thư điện tử|hộp thư)\s*:?\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+/iuy;
/** 2 lần/tuần, 50.000 đ/người. */
const COUNTED_BEFORE =
  /\d\s?(?:[.,]\d+)?\s?(?:nghìn|ngàn|triệu|tỷ|tỉ)?\s?(?:đồng|đ|VNĐ|VND|lần|buổi|người|hộ|kg|km|m|lít|tấn|m3|m³|kWh|suất|phiếu|giờ)(?:\/\p{L}+)?\s?$/iu;
const RANGE_BEFORE = /(?:\d|\d\s?(?:h|g|giờ|%|đ|đồng|km|m|kg|°C|tuổi)|(?<!\p{L})[IVX]+|CN|T\d)\s?$/iu;
const RANGE_AFTER = /^\s?(?:\d|[IVX]+(?!\p{L})|T\d|CN(?!\p{L}))/u;
const SAME_NOUN_AFTER = /^\s?(?:thứ|tháng|ngày|quý|tổ|khu|năm|chủ nhật)(?!\p{L})/iu;
/** (sau đây gọi tắt là UBND): of no use to who listens. */
const NAMING = /^\((?:sau đây\s+)?(?:gọi|viết)\s+(?:tắt\s+)?(?:là|tắt)[^)]*\)/iu;

/** Links, brackets, dashes and signs; every character that no word or number has taken ends here. */
export function symbolReaders(words: SpeechWords): readonly Reader[] {
  const { word } = words;
  const fixed = (pattern: RegExp, spoken: string): Reader => ({ pattern, say: () => spoken });
  return [
    { pattern: /,?\s*(?:…|\.{3,})/uy, say: (found) => ellipsis(found, words) },
    dashReader(words),
    slashReader(words),
    fixed(/\s?&\s?/uy, ` ${word.also} `),
    fixed(/\s?\+(?!84\s?\d)\s?(?=[\p{L}\d])/uy, ` ${word.also} `),
    fixed(/\s?[×x]\s?(?=\d)/uy, ` ${word.times} `),
    fixed(/\s?≥\s?/uy, ` ${word.atLeast} `),
    fixed(/\s?≤\s?/uy, ` ${word.atMost} `),
    fixed(/\s?>\s?(?=\d)/uy, ` ${word.more} `),
    fixed(/\s?<\s?(?=\d)/uy, ` ${word.less} `),
    fixed(/\s?[~≈]\s?(?=\d)/uy, ` ${word.about} `),
    fixed(/\s?=\s?/uy, ` ${word.equals} `),
    fixed(/\s?%/uy, ` ${word.percent}`),
    fixed(/\s?№\s?/uy, ` ${word.number} `),
    fixed(/[()[\]{}]/uy, ', '),
    fixed(/(?<=\d)\s?:\s?(?=\d)/uy, ` ${word.outOf} `),
    fixed(/\s?(?:→|=>|⇒|\|)\s?/uy, ', '),
    // Quotation marks are not said, but what stands between them is never cut: `shapeLine` takes them out.
    fixed(/[“„«]|(?<=^|[\s(])["‘'](?=\S)/uy, QUOTE.opens),
    fixed(/[”»]|(?<=\S)["’']/uy, QUOTE.closes),
    fixed(/["‘’'`´*_#]/uy, ''),
    fixed(/\s+/uy, ' '),
    { pattern: /[.,;:!?]/uy, say: ({ groups: [mark = ''] }) => mark },
    {
      pattern: /[^\p{L}\d]/uy,
      say({ groups: [written = ''], doubt }) {
        // Pictures and invisible signs are decoration; anything else may have meant something.
        if (!/[\p{Extended_Pictographic}\p{M}\p{C}\p{So}]/u.test(written))
          doubt({ kind: 'dropped', written, spoken: '' });
        return ' ';
      },
    },
  ];
}

/** Before everything else: a dot in a link ends no sentence, and what a bracket only repeats is not said twice. */
export function linkReaders(words: SpeechWords): readonly Reader[] {
  const short = new RegExp(`^\\((${alternatives(words.shortForms.keys())})\\)`, 'u');
  return [
    { pattern: EMAIL, say: () => words.word.address },
    {
      pattern: URL,
      say: ({ groups: [whole = ''] }) => words.shortForms.get(whole.toLowerCase()) ?? words.word.link,
    },
    {
      pattern: /\s*\([^()]*\)/uy,
      say({ groups: [whole = ''], before }) {
        const inner = whole.trim();
        if (NAMING.test(inner) || repeatsNumber(inner, before, words)) return '';
        const full = words.shortForms.get(short.exec(inner)?.[1] ?? '')?.toLowerCase();
        return full !== undefined && before.trimEnd().toLowerCase().endsWith(full) ? '' : null;
      },
    },
    { pattern: /\s*\(\s*(?:https?:\/\/|www\.)[^\s()]+\s*\)/uy, say: () => '' },
  ];
}

/** 05 (năm) ngày: written twice against forgers, said once. */
function repeatsNumber(inner: string, before: string, words: SpeechWords): boolean {
  const digits = /(?<![\d.,])(\d{1,12})\s*$/u.exec(before)?.[1];
  return (
    digits !== undefined && inner.slice(1, -1).trim().toLowerCase() === numberInWords(Number(digits), words)
  );
}

function ellipsis({ groups: [whole = ''], after }: Found, words: SpeechWords): string {
  if (whole.startsWith(',')) return `, ${words.word.andSoOn}`;
  return after.trim() === '' || /^\s+\p{Lu}/u.test(after) ? '.' : ', ';
}

/** 5-7 is "đến"; kinh tế - xã hội is one word; elsewhere a dash is a breath. */
function dashReader(words: SpeechWords): Reader {
  const joined = words.joined.map((pair) => pair.split('-').map((one) => one.trim()));
  return {
    pattern: /\s*[-–—−]+\s*/uy,
    say({ groups: [whole = ''], before, after }) {
      const isRange =
        endsWith(before, RANGE_BEFORE) && (RANGE_AFTER.test(after) || SAME_NOUN_AFTER.test(after));
      if (isRange || (endsWith(before, /(?<!\p{L})thứ\s+\p{L}+$/iu) && SAME_NOUN_AFTER.test(after)))
        return ` ${words.word.to} `;
      if (
        /(?:^|[\s(])$/u.test(`${before}${whole.slice(0, whole.search(/[-–—−]/u))}`) &&
        /^\d+(?:,\d+)?\s?°/u.test(after)
      )
        return ` ${words.word.minus} `;
      if (before.trim() === '') return '';
      const isWithin = whole.trim() === whole;
      const isOneWord = joined.some(
        ([left = '', right = '']) =>
          before.toLowerCase().endsWith(left) && after.toLowerCase().startsWith(right),
      );
      return isWithin || isOneWord ? ' ' : ', ';
    },
  };
}

/** "2 lần/tuần" is "mỗi"; between two words it is "hoặc". */
function slashReader(words: SpeechWords): Reader {
  return {
    pattern: /\s?\/+\s?/uy,
    say({ before, after }) {
      if (!/^\p{L}/u.test(after))
        return /\d$/u.test(before) && /^\d/u.test(after) ? ` ${words.word.outOf} ` : ' ';
      return ` ${endsWith(before, COUNTED_BEFORE) ? words.word.each : words.word.or} `;
    },
  };
}
