/** The words of Vietnamese that numbers, dates and short forms are read with: they come in from `locales/`. */
export interface SpeechWords {
  /** 0 to 9. */
  readonly digits: readonly string[];
  readonly ten: string;
  readonly tens: string;
  readonly oneAfterTens: string;
  readonly fourAfterTens: string;
  readonly fiveAfterTens: string;
  /** Between hundreds and a single digit. */
  readonly and: string;
  readonly hundred: string;
  readonly thousand: string;
  readonly million: string;
  readonly billion: string;
  readonly decimal: string;
  readonly percent: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly hour: string;
  /** Short form and what is read instead; those that begin with "/" follow the number of a document. */
  readonly abbreviations: readonly (readonly [string, string])[];
}

const MAX_NUMBER = 1_000_000_000_000;
/** How fast a neighbourhood's announcer reads. */
const SYLLABLES_A_MINUTE = 150;

/** A whole number from 0 to 10^12 as it is read in the north. Throws a RangeError beyond. */
export function numberInWords(value: number, words: SpeechWords): string {
  if (!Number.isInteger(value) || value < 0 || value > MAX_NUMBER) {
    throw new RangeError('a whole number from 0 to 10^12');
  }
  if (value === 0) return words.digits[0] ?? '';
  const billions = Math.floor(value / 1_000_000_000);
  const rest = value % 1_000_000_000;
  const head = billions > 0 ? [...below(billions, false, words), words.billion] : [];
  return [...head, ...below(rest, billions > 0, words)].join(' ');
}

/** A number below 10^9; `padded` where something larger stands before it. */
function below(value: number, padded: boolean, words: SpeechWords): readonly string[] {
  const groups = [
    [Math.floor(value / 1_000_000), words.million],
    [Math.floor(value / 1_000) % 1_000, words.thousand],
    [value % 1_000, ''],
  ] as const;
  const spoken: string[] = [];
  for (const [group, unit] of groups) {
    if (group === 0) continue;
    spoken.push(...belowThousand(group, padded || spoken.length > 0, words));
    if (unit !== '') spoken.push(unit);
  }
  return spoken;
}

function belowThousand(value: number, padded: boolean, words: SpeechWords): readonly string[] {
  const digit = (at: number) => words.digits[at] ?? '';
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const spoken = hundreds > 0 || padded ? [digit(hundreds), words.hundred] : [];
  if (tens === 0) {
    if (ones === 0) return spoken;
    return spoken.length > 0 ? [...spoken, words.and, digit(ones)] : [digit(ones)];
  }
  spoken.push(...(tens === 1 ? [words.ten] : [digit(tens), words.tens]));
  if (ones === 1 && tens > 1) spoken.push(words.oneAfterTens);
  else if (ones === 4 && tens > 1) spoken.push(words.fourAfterTens);
  else if (ones === 5) spoken.push(words.fiveAfterTens);
  else if (ones > 0) spoken.push(digit(ones));
  return spoken;
}

/** A text as it is read aloud: short forms in full, dates, times and numbers in words. What it does not know it leaves. */
export function toSpeech(text: string, words: SpeechWords): string {
  let spoken = text.normalize('NFC');
  spoken = spokenDates(spoken, words);
  spoken = spoken.replace(
    /(?<![\d/])(\d{1,6})\/(\d{4})(?=\/)/gu,
    (_, number: string, year: string) => `${number} ${words.year} ${year}`,
  );
  for (const [short, full] of words.abbreviations) spoken = spoken.replace(shortForm(short), full);
  spoken = spoken.replace(
    /(?<!\d)(\d{1,2})h(\d{2})?(?!\p{L}|\d)/gu,
    (_, hour: string, minute: string | undefined) => {
      const spokenHour = `${inWords(hour, words)} ${words.hour}`;
      return minute === undefined ? spokenHour : `${spokenHour} ${inWords(minute, words)}`;
    },
  );
  return spokenNumbers(spoken, words);
}

/** Minutes, at least one. */
export function readingMinutes(script: string): number {
  return Math.max(1, Math.ceil(script.split(/\s+/u).filter(Boolean).length / SYLLABLES_A_MINUTE));
}

function shortForm(short: string): RegExp {
  const escaped = short.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
  const before = short.startsWith('/') ? '(?<=\\d)' : '(?<![\\p{L}\\d])';
  return new RegExp(`${before}${escaped}(?![\\p{L}\\d])`, 'gu');
}

function spokenDates(text: string, words: SpeechWords): string {
  const month = (value: string) => (Number(value) === 4 ? words.fourAfterTens : inWords(value, words));
  const whole = new RegExp(
    `(?:${words.day}\\s+)?(?<![\\d/])(\\d{1,2})/(\\d{1,2})(?:/(\\d{4}))?(?![\\d/]|\\p{L})`,
    'giu',
  );
  const monthOnly = new RegExp(`${words.month}\\s+(\\d{1,2})/(\\d{4})(?![\\d/])`, 'giu');
  return text
    .replace(monthOnly, (found, m: string, y: string) =>
      isMonth(m) ? `${words.month} ${month(m)} ${words.year} ${inWords(y, words)}` : found,
    )
    .replace(whole, (found, d: string, m: string, y: string | undefined) => {
      if (!isMonth(m) || Number(d) < 1 || Number(d) > 31) return found;
      const inYear = y === undefined ? '' : ` ${words.year} ${inWords(y, words)}`;
      return `${words.day} ${inWords(d, words)} ${words.month} ${month(m)}${inYear}`;
    });
}

const isMonth = (value: string) => Number(value) >= 1 && Number(value) <= 12;

function spokenNumbers(text: string, words: SpeechWords): string {
  const number = /(?<![\p{L}\d])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(\s?%)?(?![\d]|\p{L})/gu;
  return text.replace(number, (_, whole: string, part: string | undefined, percent: string | undefined) => {
    const tail = part === undefined ? '' : ` ${words.decimal} ${digitByDigit(part, words)}`;
    return `${inWords(whole.replaceAll('.', ''), words)}${tail}${percent ? ` ${words.percent}` : ''}`;
  });
}

/** A leading zero is a telephone number or a code: digit by digit, as is what is longer than any amount. */
function inWords(digits: string, words: SpeechWords): string {
  const value = Number(digits);
  const isCode = (digits.length > 2 && digits.startsWith('0')) || value > MAX_NUMBER;
  return isCode ? digitByDigit(digits, words) : numberInWords(value, words);
}

function digitByDigit(digits: string, words: SpeechWords): string {
  return Array.from(digits, (digit) => words.digits[Number(digit)] ?? digit).join(' ');
}
