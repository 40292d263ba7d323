import { CALENDAR_RULE, followCalendar } from '#src/domain/duties/unknown-calendar.ts';
import type { App } from '../app.ts';

type Ports = Pick<App, 'duties' | 'staff' | 'calendar' | 'clock' | 'texts' | 'log'>;

/** Opens the duty of an admin for a year whose days off nobody has entered, and ends it once they are known. Safe to run twice. */
export async function watchCalendar({ duties, staff, calendar, clock, texts, log }: Ports): Promise<void> {
  const { opens, closes } = followCalendar(
    {
      calendar,
      staff: await staff.list(),
      nowMs: clock.nowMs(),
      titleOf: (year) => texts.render({ key: 'duty.calendarTitle', params: { year } }),
    },
    await duties.ofRules(CALENDAR_RULE),
  );
  for (const duty of opens) await duties.open(duty);
  for (const duty of closes) await duties.save(duty, duty.rev - 1);
  if (opens.length + closes.length > 0)
    log.info({ opened: opens.map(({ id }) => id), closed: closes.map(({ id }) => id) }, 'calendar followed');
}
