import { localDateOf } from '../calendar/local-time.ts';
import { type Duty, isUnfinished } from '../duty.ts';
import type { LocalDate } from '../plan.ts';
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
  readonly nowMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Who gets on a day what is meant for a member. */
  readonly inPlaceOf: (staffId: string, day: LocalDate) => string | null;
}

/** What unfinished duties will say between two instants if nobody answers, in order: ticked as they will be, but not kept. */
export function previewReminders(
  duties: readonly Duty[],
  options: PreviewOptions,
): readonly PlannedReminder[] {
  return duties
    .filter(isUnfinished)
    .flatMap((duty) => ofDuty(duty, options))
    .filter(({ atMs }) => atMs >= options.fromMs)
    .sort((a, b) => a.atMs - b.atMs || a.dutyId.localeCompare(b.dutyId));
}

function ofDuty(duty: Duty, { nowMs, toMs, inPlaceOf }: PreviewOptions): readonly PlannedReminder[] {
  const found: PlannedReminder[] = [];
  for (let left = duty; left.nextAtMs !== null && left.nextAtMs <= toMs;) {
    const atMs = Math.max(left.nextAtMs, nowMs);
    const tick = tickDuty(left, atMs, {
      ...USUAL_TICK,
      inPlaceOf: (id) => inPlaceOf(id, localDateOf(atMs)),
    });
    const about = { dutyId: duty.id, title: duty.title, atMs };
    found.push(...tick.reminders.map((reminder) => ({ ...about, kind: reminder.kind, told: reminder })));
    if (tick.unheard !== null) found.push({ ...about, kind: 'remind', told: null });
    left = tick.duty;
  }
  return found;
}
