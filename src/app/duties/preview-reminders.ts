import type { Calendar } from '#src/domain/calendar/calendar.ts';
import type { PlannedReminder } from '#src/domain/duties/preview-reminders.ts';
import { previewReminders as preview } from '#src/domain/duties/preview-reminders.ts';
import { inPlaceOf } from '#src/domain/staff.ts';
import type { Clock } from '../ports/services.ts';
import type { DutyStore, StaffStore } from '../ports/stores.ts';

export interface PreviewPorts {
  readonly duties: Pick<DutyStore, 'list'>;
  readonly staff: Pick<StaffStore, 'list'>;
  readonly calendar: Calendar;
  readonly clock: Clock;
}

/** What will be said between two instants if nobody answers, and to whom; sends nothing. */
export async function previewReminders(
  { duties, staff, calendar, clock }: PreviewPorts,
  fromMs: number,
  toMs: number,
): Promise<readonly PlannedReminder[]> {
  const people = await staff.list();
  return preview(await duties.list(), {
    calendar,
    nowMs: clock.nowMs(),
    fromMs,
    toMs,
    inPlaceOf: (id, day) => inPlaceOf(id, people, day)?.id ?? null,
  });
}
