import type { Runtime } from '#src/main/runtime.ts';
import { localDateOf, localTimeOf } from '#src/domain/calendar/local-time.ts';

export const isReminder = (rowId: string): boolean => rowId.startsWith('duty.');

/** What a message of the bot tells: `<duty>.<rung>`, one or several. */
export async function toldBy(
  { core }: Pick<Runtime, 'core'>,
  rowId: string,
): Promise<readonly { readonly dutyId: string; readonly rung: string }[]> {
  const subject = (await core.store.deliveries.get(rowId))?.prompt?.subject;
  if (subject?.kind !== 'duty' && subject?.kind !== 'duty-list') return [];
  return (subject.reminders ?? []).map((one) => {
    const point = one.lastIndexOf('.');
    return { dutyId: one.slice(0, point), rung: one.slice(point + 1) };
  });
}

export const minuteOf = (ms: number): string => `${localDateOf(ms)} ${localTimeOf(ms)}`;
