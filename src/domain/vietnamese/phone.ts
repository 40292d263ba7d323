const MOBILE =
  /(?<!\d)(?:\+?84|0)[\s.-]?(?:\(0\))?(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])(?:[\s.-]?\d){7}(?!\d)/u;
const LANDLINE = /(?<!\d)(?:\+?84|0)[\s.-]?2\d{2}(?:[\s.-]?\d){7}(?!\d)/u;
/** Nine digits are an old identity card, eight to nineteen with a word before them an account. */
const CITIZEN_ID = /(?<!\d)(?:\d{12}|\d{9})(?!\d)/gu;
const ACCOUNT = /(?<=(?:stk|tài khoản|tai khoan|số tk|so tk)\D{0,20})\d(?:[\s.-]?\d){7,18}(?!\d)/giu;

/** The first Vietnamese phone number in the words as ten or eleven digits from 0, or null. */
export function findPhone(words: string): string | null {
  const found = MOBILE.exec(words) ?? LANDLINE.exec(words);
  if (!found) return null;
  const digits = found[0].replace(/\D/gu, '');
  return digits.startsWith('84') ? `0${digits.slice(2)}` : digits;
}

const CALLED_PHONE =
  /(?<!\p{L})(?:số điện thoại|so dien thoai|điện thoại|dien thoai|sđt|sdt|đt|dt|số|so)\s*:?\s*$/iu;

/** What else the words say: "Bà Tư, sđt 0912 345 678" is "Bà Tư". */
export function withoutPhone(words: string): string {
  const found = MOBILE.exec(words) ?? LANDLINE.exec(words);
  if (!found) return words.trim();
  const before = words.slice(0, found.index).trim().replace(CALLED_PHONE, '');
  const after = words.slice(found.index + found[0].length);
  return `${before} ${after}`.replace(/^[\s,.;:–-]+|[\s,.;:–-]+$/gu, '').replace(/\s+/gu, ' ');
}

/** Phone, account and citizen id numbers made unreadable, for whatever more people than the handler see. */
export function maskPersonal(words: string): string {
  return words
    .replace(new RegExp(MOBILE, 'gu'), '•••')
    .replace(new RegExp(LANDLINE, 'gu'), '•••')
    .replace(ACCOUNT, '•••')
    .replace(CITIZEN_ID, '•••');
}
