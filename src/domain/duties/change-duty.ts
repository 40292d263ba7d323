import type { Calendar } from '../calendar/calendar.ts';
import { endOfDay } from '../calendar/local-time.ts';
import { type Duty, type DutyHistoryEntry, isUnfinished } from '../duty.ts';
import { ladderFor } from '../plan-ladders.ts';
import type { Ladder, LocalDate, Plan } from '../plan.ts';
import type { StaffMember } from '../staff.ts';
import { hasRole, speaksFor } from '../staff.ts';
import { datesOf, nextLookMs } from './ladder.ts';

export type WantedChange =
  | { readonly kind: 'assign'; readonly toId: string }
  | { readonly kind: 'move'; readonly dueDate: LocalDate }
  | { readonly kind: 'cancel' };

export type DutyChange =
  | Exclude<WantedChange, { readonly kind: 'move' }>
  | (Extract<WantedChange, { readonly kind: 'move' }> & { readonly ladder: Ladder });

/** Who changes a duty and why. `id` names the change: the same one given again changes nothing. */
export interface DutyOrder {
  readonly id: string;
  readonly by: StaffMember;
  readonly reason: string;
  readonly nowMs: number;
  /** It goes with what it has to be done before, whoever may change that. */
  readonly goesAlong?: true;
}

export type DutyChanged =
  | { readonly kind: 'changed'; readonly duty: Duty }
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'not-open' }
  /** The day is over, or the person has it already. */
  | { readonly kind: 'no-change' };

/** Where the plan gives none: 14, 7, 3 and 1 working days before, twice on the day, then each working day. */
export const USUAL_LADDER: Ladder = {
  rungs: [
    { workingDaysBefore: 14, at: '07:30', to: ['responsible'] },
    { workingDaysBefore: 7, at: '07:30', to: ['responsible'] },
    { workingDaysBefore: 3, at: '07:30', to: ['responsible'] },
    { workingDaysBefore: 1, at: '07:30', to: ['responsible', 'supervisor'] },
    { workingDaysBefore: 0, at: '07:30', to: ['responsible'] },
    { workingDaysBefore: 0, at: '15:00', to: ['responsible', 'supervisor'] },
  ],
  overdue: { at: '07:30', to: ['responsible', 'supervisor', 'chairperson'] },
};

/** The ladder of a duty as the plan has it now: of its rule, or what the ward laid down for what is given beyond the rules. */
export function ladderOf(plan: Plan | null, { ruleId, unitId, found }: LadderSource): Ladder {
  const rules = plan === null || found ? [] : [...plan.deadlines, ...plan.routines];
  const inspection = found ? null : plan?.inspections.find(({ id }) => id === ruleId)?.schedule;
  const own = rules.find(({ id }) => id === ruleId)?.ladder ?? inspection?.ladder;
  return own ?? ladderFor(plan?.ladders ?? [], 'given', unitId) ?? USUAL_LADDER;
}

type LadderSource = Pick<Duty, 'ruleId' | 'unitId' | 'found'>;

/** The head of its chain may come from another unit; so may who stands in for them. */
function isAbove({ headId, chairpersonId }: Duty, by: StaffMember): boolean {
  return by.active && speaksFor(by, [headId, chairpersonId]);
}

/** Who may give it away, move it, split it or call it off. */
export const mayChange = (duty: Duty, by: StaffMember): boolean =>
  isAbove(duty, by) || mayChangeDuty(duty.unitId, by);

/** The chairperson, admins, and leaders of the unit that has the duty. */
export function mayChangeDuty(unitId: string, by: StaffMember): boolean {
  return hasRole(by, 'chairperson', 'admin') || (hasRole(by, 'leader') && by.unitId === unitId);
}

/**
 * Gives an unfinished duty to somebody else, sets another day for it, or calls it off. Who gets it has not seen it yet; those
 * above stay as they were when it opened, so what is ignored climbs to whom it would have climbed. A rung that lies in the past
 * is passed over. Pure.
 */
export function changeDuty(
  duty: Duty,
  change: DutyChange,
  order: DutyOrder,
  calendar: Calendar,
): DutyChanged {
  if (duty.history.some(({ detail }) => detail === order.id)) return { kind: 'changed', duty };
  if (!order.goesAlong && !mayChange(duty, order.by)) return { kind: 'not-allowed' };
  if (!isUnfinished(duty)) return { kind: 'not-open' };
  switch (change.kind) {
    case 'assign': {
      if (change.toId === duty.responsibleId) return { kind: 'no-change' };
      // Nobody is above themselves.
      const headId = duty.headId === change.toId ? null : duty.headId;
      const from = duty.responsibleId === null ? {} : { from: duty.responsibleId };
      return changed(
        duty,
        order,
        { action: 'assigned', ...from },
        { ...FRESH, responsibleId: change.toId, headId },
      );
    }
    case 'move': {
      const dueAtMs = endOfDay(change.dueDate);
      if (dueAtMs === duty.dueAtMs || dueAtMs < order.nowMs) return { kind: 'no-change' };
      return changed(
        duty,
        order,
        { action: 'moved' },
        { ...FRESH, ...datesOf(calendar, change, order.nowMs) },
      );
    }
    case 'cancel':
      return changed(duty, order, { action: 'cancelled' }, { state: 'cancelled', snoozedUntilMs: null });
  }
}

const FRESH = { state: 'open', acknowledgedAtMs: null, snoozedUntilMs: null } as const;

function changed(
  duty: Duty,
  { id, by, reason, nowMs }: DutyOrder,
  what: Pick<DutyHistoryEntry, 'action' | 'from'>,
  change: Partial<Duty>,
): DutyChanged {
  const entry: DutyHistoryEntry = { atMs: nowMs, by: by.id, ...what, detail: id, reason };
  const after: Duty = { ...duty, ...change, rev: duty.rev + 1, history: [...duty.history, entry] };
  return { kind: 'changed', duty: { ...after, nextAtMs: nextLookMs(after) } };
}
