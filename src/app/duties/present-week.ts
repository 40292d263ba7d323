import type { TextRef } from '#src/domain/conversation/types.ts';
import { standingOf, type Week, type WeekOfDuties } from '#src/domain/duties/week.ts';
import type { Duty } from '#src/domain/duty.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';
import type { App } from '../app.ts';
import { personParams, shortDate } from '../present.ts';
import { mention } from './present-duty.ts';

/** Of each kind; the rest is counted. */
const SHOWN = 6;

export interface PresentedWeek {
  readonly week: Week;
  readonly found: WeekOfDuties;
  /** Whose duties these are. */
  readonly leader: StaffMember;
  /** Who reads it: the leader, or who stands in for them. */
  readonly reader: StaffMember;
  readonly staff: readonly StaffMember[];
}

/** The week as one message; null where there is nothing to say. */
export async function presentWeek(
  { texts, plans }: Pick<App, 'texts' | 'plans'>,
  { week, found, leader, reader, staff }: PresentedWeek,
): Promise<TextRef | null> {
  const lines = linesOf(texts, found, staff);
  if (lines.length === 0) return null;
  const plan = (await plans.current())?.plan;
  const absent =
    reader.id === leader.id
      ? []
      : [texts.render({ key: 'duty.deputy', params: { absent: mention(texts, leader) } })];
  return {
    key: hasRole(leader, 'chairperson') ? 'duty.week.chairperson' : 'duty.week.leader',
    params: {
      ...personParams(reader),
      unit: plan ? unitNameOf(plan, leader.unitId, week.monday) : '',
      lines: [...lines, ...absent].join('\n'),
    },
  };
}

function linesOf(texts: App['texts'], found: WeekOfDuties, staff: readonly StaffMember[]): readonly string[] {
  const block = (key: string, duties: readonly Duty[]): readonly string[] =>
    duties.length === 0
      ? []
      : [
          texts.render({ key, params: { count: duties.length } }),
          ...duties.slice(0, SHOWN).map((duty) => lineOf(texts, duty, staff)),
          ...(duties.length > SHOWN
            ? [texts.render({ key: 'duty.week.more', params: { count: duties.length - SHOWN } })]
            : []),
        ];
  return [
    ...block('duty.week.overdue', found.overdue),
    ...block('duty.week.due', found.due),
    ...(found.done > 0 ? [texts.render({ key: 'duty.week.done', params: { count: found.done } })] : []),
  ];
}

function lineOf(texts: App['texts'], duty: Duty, staff: readonly StaffMember[]): string {
  const responsible = staff.find(({ id, active }) => active && id === duty.responsibleId) ?? null;
  return texts.render({
    key: `duty.week.line.${standingOf(duty)}`,
    params: { title: duty.title, date: shortDate(duty.dueAtMs), who: mention(texts, responsible) },
  });
}
