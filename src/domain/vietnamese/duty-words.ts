/** What somebody says of a duty below its reminder, beside the labels and numbers. */
export type DutyWords = 'done' | 'not-yet' | 'later' | 'help' | 'seen';

const SPEAKER = /^(?:(?:da|vang|a|em|anh|chi|toi|chau|bac|ong|ba|thua|viec nay|cai nay) )+/u;
const POLITE_END = /(?: (?:a|nhe|nha|anh|chi|em|bac|ong|ba))+$/u;

/** "Chưa xong" is looked for before "xong". */
const MEANT: readonly (readonly [DutyWords, RegExp])[] = [
  [
    'not-yet',
    /^(?:(?:van )?chua (?:xong|lam|nop|gui)|(?:van )?dang (?:lam|soan|viet|xu ly|trinh|chuan bi)|(?:gan|sap) xong)\b/u,
  ],
  [
    'done',
    /^(?:da )?(?:(?:lam |gui |nop )?xong(?: het)?(?: viec)?|hoan thanh|(?:da )(?:nop|gui|lam|bao cao))(?: roi)?$|^(?:nop|gui|lam) roi$/u,
  ],
  ['help', /^(?:(?:can|xin|nho) )?(?:duoc )?(?:giup|ho tro)(?: (?:do|voi|em|anh|chi|toi|them))*$/u],
  [
    'later',
    /^(?:de|hen|lui|hoan|nhac(?: lai)?)(?: lai)?(?: em| toi)?(?: (?:den|sang|toi))? (?:mai|sau|dau|tuan|chieu|sang|toi|thu|ngay|hom|mot|chu nhat|\d)/u,
  ],
  [
    'seen',
    /^(?:biet|da biet|ro|da ro|nhan|da nhan|xem|da xem|ghi nhan|nghe)(?: (?:tin|viec|ro))?(?: roi)?$/u,
  ],
];

/** Null: it says nothing of the kind, or more than that. */
export function dutyWords(folded: string): DutyWords | null {
  const words = folded
    .replace(/[.,!…]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const bare = words.replace(SPEAKER, '').replace(POLITE_END, '');
  return MEANT.find(([, pattern]) => pattern.test(bare))?.[0] ?? null;
}
