import type { Calendar } from '../calendar/calendar.ts';
import { localDateOf } from '../calendar/local-time.ts';
import { type Duty, isUnfinished } from '../duty.ts';
import { hasAddress, hasRole, type StaffMember } from '../staff.ts';
import { yearsToKnow } from './audit-duties.ts';
import { USUAL_LADDER } from './change-duty.ts';
import { doneBySystem } from './done-by-system.ts';
import { pickChain } from './chain.ts';
import { makeDuty } from './open-duties.ts';

/** How the ids of these duties begin: "lịch nghỉ". */
export const CALENDAR_RULE = 'LN.';
/** The government decides late in the year; January's dates hang on it. */
const DUE_MONTH_DAY = '12-20';

interface Situation {
  readonly calendar: Calendar;
  readonly staff: readonly StaffMember[];
  readonly nowMs: number;
  readonly titleOf: (year: number) => string;
}

/** From October on, a year whose days off are not known is an admin's duty, which ends by itself once they are. */
export function followCalendar(
  { calendar, staff, nowMs, titleOf }: Situation,
  duties: readonly Duty[],
): { readonly opens: readonly Duty[]; readonly closes: readonly Duty[] } {
  const today = localDateOf(nowMs);
  const admin = staff.find((one) => hasRole(one, 'admin') && hasAddress(one));
  const missing = yearsToKnow(today).filter((year) => !calendar.knownYears.has(year));
  const opens = missing
    .filter((year) => !duties.some(({ id }) => id === idOf(year)))
    .map((year) => {
      const { chairpersonId } = pickChain(staff, '', null);
      const usual = `${String(year - 1)}-${DUE_MONTH_DAY}`;
      return makeDuty(calendar, nowMs, {
        ...{ id: idOf(year), ruleId: idOf(year), kind: 'routine', recipient: '' },
        ...{ title: titleOf(year), unitId: admin?.unitId ?? '', ladder: USUAL_LADDER },
        doneBy: { kind: 'word' },
        dueDate: usual < today ? today : usual,
        chain: { responsibleId: admin?.id ?? null, headId: null, chairpersonId },
      });
    });
  const closes = duties
    .filter((duty) => isUnfinished(duty) && !missing.some((year) => duty.id === idOf(year)))
    .map((duty) => doneBySystem(duty, 'calendar-known', nowMs));
  return { opens, closes };
}

const idOf = (year: number): string => `${CALENDAR_RULE}${String(year)}`;
