import type { PromptSubject } from '../outbound.ts';

/** `DL-2.2024.3`: one reminder of one duty, the same each time it is computed. Keys hold no point. */
export const reminderId = (dutyId: string, key: string): string => `${dutyId}.${key}`;

export const dutyOfReminder = (id: string): string => id.slice(0, id.lastIndexOf('.'));

/** What a message tells. */
export function remindersOf(subject: PromptSubject | undefined): readonly string[] {
  if (subject?.kind === 'duty' || subject?.kind === 'duty-list') return subject.reminders ?? [];
  return [];
}
