import type { Clock } from '#src/app/ports/services.ts';
import { buildCalendar } from '#src/calendar/build-calendar.ts';
import { type Calendar, USUAL_HOURS } from '#src/domain/calendar/calendar.ts';
import type { OfficeHours } from '#src/domain/plan.ts';

/** The working calendar around now: moves on with the clock's year and takes new office hours when a plan is imported. */
export interface LiveCalendar {
  readonly calendar: Calendar;
  setHours(hours: OfficeHours): void;
}

const YEARS_BACK = 1;
const YEARS_AHEAD = 3;

export function liveCalendar(clock: Clock, hours: OfficeHours = USUAL_HOURS): LiveCalendar {
  let officeHours = hours;
  let built: { readonly year: number; readonly calendar: Calendar } | null = null;
  const current = (): Calendar => {
    const year = new Date(clock.nowMs()).getUTCFullYear();
    if (built?.year !== year) {
      const calendar = buildCalendar({
        fromYear: year - YEARS_BACK,
        toYear: year + YEARS_AHEAD,
        officeHours,
      });
      built = { year, calendar };
    }
    return built.calendar;
  };
  return {
    calendar: {
      get holidays() {
        return current().holidays;
      },
      get workingSaturdays() {
        return current().workingSaturdays;
      },
      get weekdays() {
        return current().weekdays;
      },
      get hours() {
        return current().hours;
      },
      get knownYears() {
        return current().knownYears;
      },
    },
    setHours(next) {
      officeHours = next;
      built = null;
    },
  };
}
