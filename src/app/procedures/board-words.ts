import { addDays, localDateOf } from '#src/domain/calendar/local-time.ts';
import { weekOf } from '#src/domain/duties/week.ts';
import type { Plan } from '#src/domain/plan.ts';
import { boardWeeks, type BoardWeek, onTimePercent, type Trend } from '#src/domain/procedures/board.ts';
import { type Board, type FiguresEntry, weekDays } from '#src/domain/procedures/figures.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';
import { humanCount } from '#src/domain/vietnamese/count.ts';
import type { App } from '../app.ts';
import { shortDate, staffName } from '../present.ts';

type Texts = Pick<App, 'texts'>;

/** The last weeks of a board, the newest first. */
export async function weeksOf(
  { procedures, duties, clock }: Pick<App, 'procedures' | 'duties' | 'clock'>,
  board: Board,
  most: number,
): Promise<readonly BoardWeek[]> {
  const nowMs = clock.nowMs();
  const today = localDateOf(nowMs);
  const oldest = addDays(weekOf(today).monday, -7 * most);
  const asking = (await duties.ofRules(board.routineId)).filter(({ ruleId }) => ruleId === board.routineId);
  return boardWeeks(board, await procedures.since(oldest), asking, { nowMs, today, most });
}

/** What the reporting unit is called today. */
export const reporterOf = ({ clock }: Pick<App, 'clock'>, plan: Plan, { unitId }: Board): string =>
  unitNameOf(plan, unitId, localDateOf(clock.nowMs()));

/** A week in lines for a phone: its days, its figures, who wrote them when. */
export function weekLines({ texts }: Texts, row: BoardWeek, staff: readonly StaffMember[]): string {
  const params = weekDays(row.week);
  if (row.entry === null) return texts.render({ key: `procedure.state.${row.state}`, params });
  return [
    texts.render({ key: 'procedure.week', params }),
    ...figureLines({ texts }, row.entry, row.trend),
    writtenBy({ texts }, row.entry, row.entries.length, staff),
  ].join('\n');
}

/** The figures alone. */
export function figureLines({ texts }: Texts, entry: FiguresEntry, trend: Trend | null): readonly string[] {
  const percent = onTimePercent(entry);
  const counts = {
    received: humanCount(entry.received),
    onTime: humanCount(entry.onTime),
    returned: humanCount(entry.onTime + entry.late),
    late: humanCount(entry.late),
  };
  return [
    percent === null
      ? texts.render({ key: 'procedure.nothingReturned', params: { received: counts.received } })
      : texts.render({
          key: 'procedure.returned',
          params: { ...counts, percent: String(percent).replace('.', ',') },
        }),
    texts.render({
      key: 'procedure.overdue',
      params: { count: humanCount(entry.overdue), trend: trendWords({ texts }, trend) },
    }),
    ...(entry.why === null ? [] : [texts.render({ key: 'procedure.why', params: { why: entry.why } })]),
  ];
}

/** ", tăng 3 so với tuần trước"; empty where there is nothing to compare with. */
function trendWords({ texts }: Texts, trend: Trend | null): string {
  if (trend === null) return '';
  const than = trend.isWeekBefore
    ? texts.render({ key: 'procedure.weekBefore' })
    : texts.render({ key: 'procedure.weekFrom', params: weekDays(trend.week) });
  const direction = trend.by > 0 ? 'up' : trend.by < 0 ? 'down' : 'same';
  return texts.render({
    key: `procedure.trend.${direction}`,
    params: { by: humanCount(Math.abs(trend.by)), than },
  });
}

function writtenBy(
  { texts }: Texts,
  { by, atMs }: FiguresEntry,
  times: number,
  staff: readonly StaffMember[],
): string {
  const member = staff.find(({ id }) => id === by);
  const who = member ? staffName(member) : texts.render({ key: 'procedure.somebody' });
  const params = { who, date: shortDate(atMs), times };
  return texts.render({ key: times > 1 ? 'procedure.corrected' : 'procedure.by', params });
}
