import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { isOfficeDay } from '#src/domain/calendar/office-day.ts';
import { concernsOf, type BoardWeek } from '#src/domain/procedures/board.ts';
import { type Board, boardOf, weekDays } from '#src/domain/procedures/figures.ts';
import { hasRole, inPlaceOf, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { figureLines, reporterOf, weeksOf } from './board-words.ts';

/** What is older is not told any more: its message would be forgotten by then, and told again. */
const WEEKS = 4;

type Ports = Pick<
  App,
  'procedures' | 'duties' | 'plans' | 'staff' | 'deliveries' | 'texts' | 'wake' | 'log' | 'clock' | 'calendar'
>;

/**
 * Leaders of the units that watch hear of a week that is over without figures, and of one with more overdue than before, once each, in
 * private and in office hours. Safe to run twice: the message has the id of the week and of what it says.
 */
export async function tellProcedures(ports: Ports, signal?: AbortSignal): Promise<void> {
  const nowMs = ports.clock.nowMs();
  if (!isOfficeDay(ports.calendar, nowMs)) return;
  const plan = (await ports.plans.current())?.plan;
  const board = plan && boardOf(plan);
  if (!plan || !board) return;
  const today = localDateOf(nowMs);
  const concerns = concernsOf(await weeksOf(ports, board, WEEKS), today);
  if (concerns.length === 0) return;
  const staff = await ports.staff.list();
  const unit = reporterOf(ports, plan, board);
  for (const row of concerns)
    for (const { id } of headsOf(board, staff)) {
      if (signal?.aborted) return;
      const reader = inPlaceOf(id, staff, today);
      if (!reader) continue;
      await notifyStaff(ports, {
        id: `procedures.${row.week}.${row.state}.${id}`,
        staff: reader,
        text: {
          key: keyOf(row),
          params: { ...personParams(reader), ...weekDays(row.week), unit, lines: linesOf(ports, row) },
        },
        lane: 'reminder',
        dueAtMs: nowMs,
      });
    }
}

/** Where a unit that watches has no leader, the chairperson. */
function headsOf({ watching }: Board, staff: readonly StaffMember[]): readonly StaffMember[] {
  const leaders = staff.filter((one) => hasRole(one, 'leader') && watching.includes(one.unitId));
  return leaders.length > 0 ? leaders : staff.filter((one) => hasRole(one, 'chairperson'));
}

const keyOf = ({ state }: BoardWeek): string =>
  state === 'missing' ? 'procedure.toldMissing' : 'procedure.toldWorse';

const linesOf = (ports: Ports, { entry, trend }: BoardWeek): string =>
  entry ? figureLines(ports, entry, trend).join('\n') : '';
