import { localDateOf, localTimeOf } from '#src/domain/calendar/local-time.ts';

export const isReminder = (rowId: string): boolean => rowId.startsWith('duty.');

/** `duty.<duty>.<rung>.<person>` */
export function partsOf(rowId: string): {
  readonly dutyId: string;
  readonly rung: string;
  readonly person: string;
} {
  const parts = rowId.split('.');
  return { dutyId: parts.slice(1, -2).join('.'), rung: parts.at(-2) ?? '', person: parts.at(-1) ?? '' };
}

export const minuteOf = (ms: number): string => `${localDateOf(ms)} ${localTimeOf(ms)}`;
