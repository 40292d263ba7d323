import { addDays } from '../calendar/local-time.ts';
import { parseDay } from '../text/parse-day.ts';
import type { LocalDate } from '../plan.ts';
import type { Leave } from '../staff.ts';

export type LeaveWords =
  | ({ readonly kind: 'leave' } & Leave)
  | { readonly kind: 'back' | 'list' }
  /** About leave, but on which days is not clear. */
  | { readonly kind: 'unclear' };

const BACK = /^(?:toi |em )?(?:da |nay )?(?:di lam (?:lai|roi)|het phep|het nghi)(?: roi)?(?: a)?$/u;
const LIST = /^(?:ai (?:dang )?nghi|lich nghi|nguoi nghi)$/u;
const LEAVE = /^(?:toi |em )?(?:xin |bao )?nghi(?: phep| om| che do)?(?: (.+))?$/u;
const WEEK = /\btuan (?:sau|toi|nay)\b/u;
/** Nobody is away longer in a ward's year; a later day is a slip. */
const LONGEST_DAYS = 366;

/**
 * "nghỉ đến 30/11", "nghỉ từ 25/11 đến 30/11", "xin nghỉ mai", "đi làm lại", "ai nghỉ", folded. Null: about something else.
 */
export function parseLeave(folded: string, today: LocalDate): LeaveWords | null {
  if (BACK.test(folded)) return { kind: 'back' };
  if (LIST.test(folded)) return { kind: 'list' };
  const said = LEAVE.exec(folded);
  if (!said) return null;
  const [, days = ''] = said;
  // "Nghỉ bán" or "nghỉ hưu" in a longer sentence is no leave of one's own.
  if (days !== '' && !/^(?:\d|(?:tu|den|toi|het|ngay|hom|mai|thu|chu nhat|sang|chieu)\b)/u.test(days))
    return null;
  const span = /^(?:(?:tu |bat dau )(.+?) )?(?:den|(?<!tuan )toi|het)(?: het)? (.+)$/u.exec(days);
  const [, begins, ends = ''] = span ?? [];
  // "Từ thứ hai đến thứ sáu tuần sau": the week is that of both.
  const week = WEEK.exec(ends)?.[0];
  const from = span ? dayOr(begins && [begins, week].join(' '), today, today) : parseDay(days, today);
  const to = span ? parseDay(ends, week === undefined ? (from ?? today) : today) : from;
  if (from === null || to === null || to < from || to < today) return { kind: 'unclear' };
  return to > addDays(today, LONGEST_DAYS) ? { kind: 'unclear' } : { kind: 'leave', from, to };
}

function dayOr(words: string | undefined, today: LocalDate, otherwise: LocalDate): LocalDate | null {
  return words === undefined ? otherwise : parseDay(words, today);
}
