import type { LocalDate } from '../plan.ts';
import { localDateOf } from './local-time.ts';

/** A time in which a term does not run: the resident was asked, and had not answered yet. */
export interface Pause {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is left of a stretch of time outside the pauses, in order. */
export function outsidePauses(stretch: Stretch, pauses: readonly Pause[]): readonly Stretch[] {
  let left: readonly Stretch[] = [stretch];
  for (const pause of pauses) {
    left = left
      .flatMap((part) => [
        { fromMs: part.fromMs, toMs: Math.min(part.toMs, pause.fromMs) },
        { fromMs: Math.max(part.fromMs, pause.toMs), toMs: part.toMs },
      ])
      .filter(({ fromMs, toMs }) => fromMs < toMs);
  }
  return left;
}

/** The part of one stretch that a pause takes, or null. */
export function pausedPart(stretch: Stretch, pause: Pause): Stretch | null {
  const fromMs = Math.max(stretch.fromMs, pause.fromMs);
  const toMs = Math.min(stretch.toMs, pause.toMs);
  return fromMs < toMs ? { fromMs, toMs } : null;
}

/**
 * Whether a term counted in days leaves this day out. The day of the question counts, the day of the answer does not; asked
 * and answered within one day changes nothing. Where the term would end on the day of the question (`isLast`), that day is
 * left out too: who asks on the last day has a day left when the answer comes.
 */
export function isPausedDay(day: LocalDate, pauses: readonly Pause[], isLast: boolean): boolean {
  return pauses.some(({ fromMs, toMs }) => {
    const [from, to] = [localDateOf(fromMs), localDateOf(toMs)];
    return from < to && day <= to && (isLast ? day >= from : day > from);
  });
}
