import type { Calendar } from '../calendar/calendar.ts';
import { endOfDay, localDateOf } from '../calendar/local-time.ts';
import { type Duty, isUnfinished } from '../duty.ts';
import type { DutyOrder, WantedChange } from './change-duty.ts';
import { daysAhead } from './open-duties.ts';

/**
 * What has to be done before a duty goes with it: to as many working days before its new day, away with it, and if it has a day of its
 * own no later than the whole. Null: it stays as it is. What the same order made of it before is answered again, so that a run that
 * came to no end tells whom it concerns and goes on.
 */
export function changeAlong(
  calendar: Calendar,
  first: Duty,
  change: WantedChange,
  { id, nowMs }: Pick<DutyOrder, 'id' | 'nowMs'>,
): WantedChange | null {
  if (!first.precedes || change.kind === 'assign') return null;
  if (first.history.some(({ detail }) => detail === id))
    return change.kind === 'cancel' ? change : { kind: 'move', dueDate: localDateOf(first.dueAtMs) };
  if (!isUnfinished(first)) return null;
  switch (change.kind) {
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
