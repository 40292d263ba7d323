import type { LocalDate } from '../plan.ts';
import { fold, tidy } from '../vietnamese/fold.ts';
import { parseDay } from '../text/parse-day.ts';

/** What somebody wrote about the document that proves a duty done. */
export interface Proof {
  readonly number: string | null;
  readonly date: LocalDate | null;
}

/**
 * The number and day in words such as "so 125/BC-UBND ngay 8/5", "BC 125 hôm qua", "125/BC-UBND". Both are null where nothing of
 * the kind stands. A document has been written: its day lies behind.
 */
export function parseProof(words: string, today: LocalDate): Proof {
  const rest = tidy(words).replace(OFFICIAL, ' ');
  return { number: documentNumber(words), date: parseDay(fold(rest), today, 'back') };
}

/** As it was written. */
export function documentNumber(words: string): string | null {
  const text = tidy(words);
  const official = OFFICIAL.exec(text)?.[0].replace(/\s+/gu, '');
  return official ?? /(?:số|so|bc|kh|cv)\s*[:.]?\s*(\d{1,5})(?![\d/.-])/iu.exec(text)?.[1] ?? null;
}

const OFFICIAL = /\d{1,5}\s*\/\s*\p{L}[\p{L}\d-]*/u;
