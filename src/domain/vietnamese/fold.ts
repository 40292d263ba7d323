/** How Vietnamese is compared: by what was meant, whatever the keyboard, the phone or the hurry made of it. */

const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF\u00AD]/gu;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '\u00D0': 'Đ',
  '\u0189': 'Đ',
  '\u00F0': 'đ',
  '\u0256': 'đ',
  '\u00A0': ' ',
};

/** The form in which words are stored: NFC, no invisible characters, look-alikes of đ mended, spaces collapsed in lines. */
export function tidy(words: string): string {
  return words
    .replace(INVISIBLE, '')
    .replace(/[\u00D0\u0189\u00F0\u0256\u00A0]/gu, (letter) => LOOK_ALIKES[letter] ?? letter)
    .normalize('NFC')
    .replace(/[^\S\n]+/gu, ' ')
    .trim();
}

/** The search key: lower case, no tone marks, đ as d. "Đường Hạ Long" and NFD of it both give "duong ha long". */
export function fold(words: string): string {
  return tidy(words)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/gu, 'd')
    .normalize('NFC');
}

/** Lower case with its tone marks, for what must not be decided on a folded match alone (tố cáo). */
export function exactKey(words: string): string {
  return tidy(words).toLowerCase();
}

/** The words alone, with their tone marks and one space between two. */
export function exactWords(words: string): string {
  return exactKey(words)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Unambiguous short forms only; the ambiguous ones (bt, p, hk, tt …) are never expanded silently. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  k: 'khong',
  ko: 'khong',
  hok: 'khong',
  hem: 'khong',
  kg: 'khong',
  dc: 'duoc',
  j: 'gi',
  z: 'vay',
  r: 'roi',
  ntn: 'nhu the nao',
  trc: 'truoc',
  vs: 'voi',
  lm: 'lam',
  ns: 'noi',
  nx: 'nua',
  zay: 'vay',
  wa: 'qua',
  bh: 'bao gio',
  mn: 'moi nguoi',
  mng: 'moi nguoi',
  ng: 'nguoi',
  nc: 'nuoc',
  dg: 'duong',
  kp: 'khu pho',
  tdp: 'to dan pho',
  nma: 'nhung ma',
};

/** The folded words with teencode written out, token by token, and punctuation as spaces: a copy to search in, never shown. */
export function searchKey(words: string): string {
  return fold(words)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((token) => SHORT_FORMS[token] ?? token)
    .join(' ');
}

/** Neighbours' spelling: l for n, x for s, ch for tr, d/gi for r, alike on both sides of a comparison. */
export function neighbourKey(words: string): string {
  return searchKey(words)
    .split(' ')
    .map((token) =>
      token
        .replace(/^tr/u, 'ch')
        .replace(/^s/u, 'x')
        .replace(/^n(?![gh])/u, 'l')
        .replace(/^(gi|r)(?=[aeiouy])/u, 'd'),
    )
    .join(' ');
}
