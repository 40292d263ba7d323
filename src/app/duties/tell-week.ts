import { DAY_MS, localDateOf } from '#src/domain/calendar/local-time.ts';
import { standingOf, type Week, weekFor, type WeekOfDuties, weekToTell } from '#src/domain/duties/week.ts';
import type { Duty } from '#src/domain/duty.ts';
import { hasRole, inPlaceOf, type StaffMember } from '#src/domain/staff.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';
import type { App } from '../app.ts';
import { personParams, shortDate } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { mention } from './present-duty.ts';

/** What is overdue for longer than a year is a matter for the next plan. */
const BACK_MS = 400 * DAY_MS;
/** A duty can be reported done long before its day. */
const AHEAD_MS = 90 * DAY_MS;
/** Of each kind; the rest is counted. */
const SHOWN = 6;

type Ports = Pick<
  App,
  'duties' | 'staff' | 'plans' | 'deliveries' | 'texts' | 'wake' | 'log' | 'clock' | 'calendar'
>;

/**
 * Once a week each leader gets one message in private: what is overdue, also where nobody is reminded any more, what is due,
 * how much was done. To whom there is nothing to say nothing is said. Safe to run twice: the message has the week's id.
 */
export async function tellWeek(ports: Ports, signal?: AbortSignal): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const week = weekToTell(ports.calendar, nowMs);
  if (!week) return;
  const staff = await ports.staff.list();
  const untold: StaffMember[] = [];
  for (const leader of staff.filter((one) => hasRole(one, 'leader', 'chairperson')))
    if (!(await ports.deliveries.get(noticeId(week, leader)))) untold.push(leader);
  if (untold.length === 0) return;
  const duties = await ports.duties.dueBetween(nowMs - BACK_MS, nowMs + AHEAD_MS);
  for (const leader of untold) {
    if (signal?.aborted) return;
    const found = weekFor(duties, leader, week, nowMs);
    if (found.overdue.length + found.due.length + found.done > 0)
      await tell(ports, week, leader, found, staff);
  }
}

const noticeId = ({ monday }: Week, { id }: StaffMember): string => `week.${monday}.${id}`;

async function tell(
  ports: Ports,
  week: Week,
  leader: StaffMember,
  found: WeekOfDuties,
  staff: readonly StaffMember[],
): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const person = inPlaceOf(leader.id, staff, localDateOf(nowMs));
  if (!person) return;
  const plan = (await ports.plans.current())?.plan;
  const unit = plan ? unitNameOf(plan, leader.unitId, week.monday) : '';
  const absent =
    person.id === leader.id
      ? []
      : [ports.texts.render({ key: 'duty.deputy', params: { absent: mention(ports.texts, leader) } })];
  await notifyStaff(ports, {
    id: noticeId(week, leader),
    staff: person,
    text: {
      key: hasRole(leader, 'chairperson') ? 'duty.week.chairperson' : 'duty.week.leader',
      params: {
        ...personParams(person),
        unit,
        lines: [...linesOf(ports, found, staff), ...absent].join('\n'),
      },
    },
    lane: 'reminder',
    dueAtMs: nowMs,
  });
}

function linesOf({ texts }: Ports, found: WeekOfDuties, staff: readonly StaffMember[]): readonly string[] {
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
