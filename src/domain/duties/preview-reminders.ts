import { type Calendar, nextMorning } from '../calendar/calendar.ts';
import { localDateOf } from '../calendar/local-time.ts';
import { type Duty, isUnfinished } from '../duty.ts';
import type { LocalDate } from '../plan.ts';
import { isDueOn, isOneTooMany } from './one-too-many.ts';
import { type Reminder, tickDuty, USUAL_TICK } from './tick-duty.ts';

/** A reminder that is still to come, if nobody answers. */
export interface PlannedReminder {
  readonly dutyId: string;
  readonly title: string;
  readonly atMs: number;
  readonly kind: Reminder['kind'];
  /** Null: nobody of the chain can be reached, and the admins hear of it. */
  readonly told: Pick<Reminder, 'to' | 'staffId' | 'forId' | 'reminded'> | null;
}

export interface PreviewOptions {
  readonly calendar: Calendar;
  readonly nowMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** How many messages of today a member has already. */
  readonly toldToday: (staffId: string) => number;
  /** Who gets on a day what is meant for a member. */
  readonly inPlaceOf: (staffId: string, day: LocalDate) => string | null;
}

/** What unfinished duties will say between two instants if nobody answers, in order: ticked as they will be, but not kept. */
export function previewReminders(
  duties: readonly Duty[],
  options: PreviewOptions,
): readonly PlannedReminder[] {
  const planned = duties.filter(isUnfinished).flatMap((duty) => ofDuty(duty, options));
  return whenTold(planned, options)
    .filter(({ atMs }) => atMs >= options.fromMs && atMs <= options.toMs)
    .sort((a, b) => a.atMs - b.atMs || a.dutyId.localeCompare(b.dutyId));
}

interface Planned {
  readonly reminder: PlannedReminder;
  readonly isDue: boolean;
}

/** A message that is one too many for its person and day comes on the next working morning. */
function whenTold(
  planned: readonly Planned[],
  { calendar, nowMs, toldToday }: PreviewOptions,
): readonly PlannedReminder[] {
  const today = localDateOf(nowMs);
  const before = ({ atMs, told }: PlannedReminder): number =>
    told !== null && localDateOf(atMs) === today ? toldToday(told.staffId) : 0;
  const days = Map.groupBy(
    planned,
    ({ reminder: { atMs, told } }) => `${localDateOf(atMs)} ${told?.staffId ?? ''}`,
  );
  return [...days.values()].flatMap((day) => {
    const messages = [...Map.groupBy(day, ({ reminder }) => reminder.atMs)].sort(([a], [b]) => a - b);
    return messages.flatMap(([atMs, some], index) => {
      const isSomethingDue = some.some(({ isDue }) => isDue);
      const [first] = some;
      const count = index + 1 + (first ? before(first.reminder) : 0);
      const isLate = isOneTooMany(count, isSomethingDue);
      return some.map(({ reminder }) =>
        isLate && reminder.told !== null ? { ...reminder, atMs: nextMorning(calendar, atMs) } : reminder,
      );
    });
  });
}

function ofDuty(duty: Duty, { nowMs, toMs, inPlaceOf }: PreviewOptions): readonly Planned[] {
  const found: Planned[] = [];
  for (let left = duty; left.nextAtMs !== null && left.nextAtMs <= toMs;) {
    const atMs = Math.max(left.nextAtMs, nowMs);
    const tick = tickDuty(left, atMs, {
      ...USUAL_TICK,
      inPlaceOf: (id) => inPlaceOf(id, localDateOf(atMs)),
    });
    const about = { dutyId: duty.id, title: duty.title, atMs };
    const said: readonly PlannedReminder[] = [
      ...tick.reminders.map((told) => ({ ...about, kind: told.kind, told })),
      ...(tick.unheard === null ? [] : [{ ...about, kind: 'remind' as const, told: null }]),
    ];
    found.push(...said.map((reminder) => ({ reminder, isDue: isDueOn(duty, atMs) })));
    left = tick.duty;
  }
  return found;
}
