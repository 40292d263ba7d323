import type { LocalDate } from '../plan-terms.ts';

/** Of several versions the one that holds on a day: the last that began by then. Null: none had. */
export const inForceOn = <T extends { readonly effectiveFrom: LocalDate }>(
  versions: readonly T[],
  day: LocalDate,
): T | null =>
  versions
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
    .at(-1) ?? null;
