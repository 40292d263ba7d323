import { parseDay } from '../text/parse-day.ts';
import type { LocalDate } from '../plan.ts';
import type { BroadcastRun } from '../run.ts';
import { fold } from '../vietnamese/fold.ts';

export type Validity = 'valid' | 'not-yet' | 'over';

/** The days on which a post holds; null is without an end on that side. */
export type ValidDays = Pick<BroadcastRun, 'validFrom' | 'validTo'>;

/** Does the post hold on this day of the ward? Both ends are included. */
export function validity({ validFrom, validTo }: ValidDays, day: LocalDate): Validity {
  if (validFrom !== null && day < validFrom) return 'not-yet';
  return validTo !== null && day > validTo ? 'over' : 'valid';
}

const NO_END = /^(?:khong (?:han|thoi han|co han)|luon luon|mai mai)$/u;

/**
 * The days that people write: "từ 1/3 đến 31/12", "đến 31/12/2024", "từ 1/3", "1/3 - 31/12", "không hạn". Null when no day
 * is named or the end is before the beginning.
 */
export function parseValidDays(words: string, today: LocalDate): ValidDays | null {
  const folded = fold(words);
  if (NO_END.test(folded)) return { validFrom: null, validTo: null };
  const [before = '', after] = folded.split(/\bden\b|\btoi\b|\s[-–]\s/u);
  const validFrom = parseDay(before, today);
  // An end without a year is the first such day after the beginning.
  const validTo = after === undefined ? null : parseDay(after, validFrom ?? today);
  if (validFrom === null && validTo === null) return null;
  if (before.trim() !== '' && !/^(?:tu|hieu luc)$/u.test(before.trim()) && validFrom === null) return null;
  if (after !== undefined && validTo === null) return null;
  return validFrom !== null && validTo !== null && validTo < validFrom ? null : { validFrom, validTo };
}
