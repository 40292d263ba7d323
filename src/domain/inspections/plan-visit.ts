import { type Calendar, isWorkingDay } from '../calendar/calendar.ts';
import { addDays, localDateOf } from '../calendar/local-time.ts';
import type { LocalDate, Plan } from '../plan.ts';
import { isAnnounced, type KindOfInspection } from '../plan-inspections.ts';
import type { StaffMember } from '../staff.ts';
import { rulesToPlan, unitsToInspect } from './may-see.ts';
import { noticesOf } from './notices.ts';
import { type TeamRefused, teamOf, teamRefused } from './team.ts';
import { nextLookMs, type Visit } from './visit.ts';

export interface WantedVisit {
  readonly id: string;
  readonly ruleId: string;
  /** Null: the usual kind. */
  readonly kind: KindOfInspection | null;
  /** Null: the only one that the plan names. */
  readonly unitId: string | null;
  readonly day: LocalDate;
  /** The first leads. */
  readonly team: readonly string[];
}

export type VisitPlanned =
  | { readonly kind: 'planned'; readonly visit: Visit }
  | { readonly kind: 'not-allowed' | 'not-in-plan' | 'past' }
  | TeamRefused;

/** A visit as the plan allows it, or why not. Pure. */
export function planVisit(
  { id, ruleId, team, day, ...wanted }: WantedVisit,
  by: StaffMember,
  plan: Plan,
  staff: readonly StaffMember[],
  calendar: Calendar,
  nowMs: number,
): VisitPlanned {
  const rule = rulesToPlan(plan, by).find((one) => one.id === ruleId);
  if (!rule) return { kind: 'not-allowed' };
  const units = unitsToInspect(rule, by);
  const unitId = wanted.unitId ?? (units.length === 1 ? units[0] : undefined);
  const kind = wanted.kind ?? rule.kinds[0];
  if (unitId === undefined || !units.includes(unitId)) return { kind: 'not-in-plan' };
  if (kind === undefined || !rule.kinds.includes(kind)) return { kind: 'not-in-plan' };
  if (day < localDateOf(nowMs)) return { kind: 'past' };
  const refused = teamRefused({ unitId }, teamOf(team, staff));
  if (refused) return refused;
  const announced = isAnnounced(rule, kind);
  const visit: Visit = {
    ...{ id, ruleId, title: rule.title, inspectorUnitId: rule.inspector, kind, isAnnounced: announced },
    ...{ unitId, day, team: [...new Set(team)], plannedById: by.id },
    ...{ checklist: rule.checklist, answers: {}, findings: [], state: 'planned' },
    ...{
      notices: noticesOf(rule, { day, isAnnounced: announced }, calendar, nowMs),
      nextNotice: 0,
      nextAtMs: null,
    },
    rev: 1,
    history: [{ atMs: nowMs, by: by.id, action: 'planned', orderId: id }],
  };
  return { kind: 'planned', visit: { ...visit, nextAtMs: nextLookMs(visit) } };
}

/** The days of which one is drawn. */
export function workingDaysIn(calendar: Calendar, from: LocalDate, to: LocalDate): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) days.push(day);
  return days;
}

const LONGEST_DRAW_DAYS = 92;

/** Why no day can be drawn between two; null where one can. */
export function drawProblem(from: LocalDate, to: LocalDate): 'backwards' | 'too-long' | null {
  if (to < from) return 'backwards';
  return to > addDays(from, LONGEST_DRAW_DAYS) ? 'too-long' : null;
}
