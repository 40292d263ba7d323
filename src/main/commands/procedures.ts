import { reporterOf, weeksOf } from '#src/app/procedures/board-words.ts';
import { type BoardWeek, onTimePercent } from '#src/domain/procedures/board.ts';
import { boardOf, type FiguresEntry } from '#src/domain/procedures/figures.ts';
import { type Core, currentPlan } from '../core.ts';
import { type CommandAnswer, failed, table } from './output.ts';
import { isoAtWard } from './ward-time.ts';

const MOST_WEEKS = 520;

/**
 * The board of procedures, the newest week first. JSON: `{ok: true, unit, weeks: [{week, state, received, onTime, late, overdue,
 * onTimePercent, why, by, at, trend, entries}]}`: `week` its Monday, `state` written, missing, pending or not-asked; the figures null
 * where there are none, `onTimePercent` also where nothing was given back; `trend` how many more are overdue than in the last week
 * with figures; `entries` every writing-down, the last of which counts. Failed with `weeks`, `no-board`.
 */
export async function listProcedures(core: Core, given = '8'): Promise<CommandAnswer> {
  const most = Number(given);
  if (!Number.isInteger(most) || most < 1 || most > MOST_WEEKS)
    return failed('weeks', `--weeks ${given} is no number from 1 to ${String(MOST_WEEKS)}`);
  const plan = await currentPlan(core.store);
  const board = boardOf(plan);
  if (!board) return failed('no-board', 'the plan keeps no board of procedures');
  const weeks = await weeksOf(core.app, board, most);
  const head = ['week of', 'state', 'received', 'on time', 'late', 'overdue', 'on time %'];
  return {
    ok: true,
    json: { ok: true, unit: board.unitId, weeks: weeks.map(rowOf) },
    lines: [
      reporterOf(core, plan, board),
      ...table([
        head,
        ...weeks.map(({ week, state, entry }) => [
          ...[week, state],
          ...(entry
            ? [entry.received, entry.onTime, entry.late, entry.overdue, onTimePercent(entry) ?? '–'].map(
                String,
              )
            : []),
        ]),
      ]),
    ],
  };
}

const rowOf = ({ week, state, entry, entries, trend }: BoardWeek) => ({
  ...{ week, state },
  ...(entry ? figuresOf(entry) : NO_FIGURES),
  onTimePercent: entry && onTimePercent(entry),
  trend: trend?.by ?? null,
  entries: entries.map(figuresOf),
});

const figuresOf = ({ received, onTime, late, overdue, why, by, atMs }: FiguresEntry) => ({
  ...{ received, onTime, late, overdue, why, by },
  at: isoAtWard(atMs),
});

const NO_FIGURES = {
  ...{ received: null, onTime: null, late: null, overdue: null, why: null, by: null, at: null },
};
