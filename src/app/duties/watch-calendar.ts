import { CALENDAR_RULE, followCalendar } from '#src/domain/duties/unknown-calendar.ts';
import type { App } from '../app.ts';
import { followDuties } from './follow-duties.ts';

type Ports = Pick<App, 'duties' | 'staff' | 'calendar' | 'clock' | 'texts' | 'log'>;

/** Opens the duty of an admin for a year whose days off nobody has entered, and ends it once they are known. Safe to run twice. */
export async function watchCalendar(ports: Ports): Promise<void> {
  const { duties, staff, calendar, clock, texts } = ports;
  const followed = followCalendar(
    {
      calendar,
      staff: await staff.list(),
      nowMs: clock.nowMs(),
      titleOf: (year) => texts.render({ key: 'duty.calendarTitle', params: { year } }),
    },
    await duties.ofRules(CALENDAR_RULE),
  );
  await followDuties(ports, followed, 'calendar followed');
}
