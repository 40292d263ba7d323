import type { Calendar } from '../calendar/calendar.ts';
import { endOfDay, localDateOf } from '../calendar/local-time.ts';
import { type Duty, isUnfinished } from '../duty.ts';
import type { WantedChange } from './change-duty.ts';
import { daysAhead } from './open-duties.ts';

/**
 * What has to be done before a duty goes with it: to as many working days before its new day, away with it, and if it has a day of its
 * own no later than the whole. Null: it stays as it is.
 */
export function changeAlong(
  calendar: Calendar,
  first: Duty,
  change: WantedChange,
  nowMs: number,
): WantedChange | null {
  if (!isUnfinished(first) || !first.precedes) return null;
  switch (change.kind) {
    case 'assign':
      return null;
    case 'cancel':
      return change;
    case 'move': {
      const { workingDays } = first.precedes;
      if (workingDays === null)
        return endOfDay(change.dueDate) < first.dueAtMs ? { kind: 'move', dueDate: change.dueDate } : null;
      const dueDate = daysAhead(calendar, change.dueDate, workingDays);
      const today = localDateOf(nowMs);
      return { kind: 'move', dueDate: dueDate < today ? today : dueDate };
    }
  }
}
