import type { WantedDay } from '#src/domain/conversation/inspection-effects.ts';
import { workingDaysIn } from '#src/domain/inspections/plan-visit.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { App } from '../app.ts';

/** The day that somebody chose, or one that is drawn among the working days but for `except`; null where there is none. */
export function chosenDay(
  { calendar, draw }: Pick<App, 'calendar' | 'draw'>,
  day: WantedDay,
  except: LocalDate | null = null,
): LocalDate | null {
  if (typeof day === 'string') return day;
  const days = workingDaysIn(calendar, day.from, day.to).filter((one) => one !== except);
  return days.length === 0 ? null : (days[draw.below(days.length)] ?? null);
}
