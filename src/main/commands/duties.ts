import { previewReminders } from '#src/app/duties/preview-reminders.ts';
import type { RungKind } from '#src/domain/duty.ts';
import { currentPlan, type Core } from '../core.ts';
import { type CommandAnswer, failed, table } from './output.ts';
import { isoAtWard, minuteAtWard, parseDay } from './ward-time.ts';

const SAID: Readonly<Record<RungKind, string>> = {
  remind: 'reminder',
  'due-today': 'due today',
  overdue: 'overdue',
  'escalate-head': 'to the supervisor',
  'escalate-chairperson': 'to the chairperson',
};

/**
 * Every reminder that goes out between two days at the ward, both included, if nobody answers; sends nothing.
 * JSON: an array of `{at, duty, rung, title}` in the order of time; `at` ISO 8601 at +07:00, `rung` a `RungKind`.
 */
export async function previewDuties(core: Core, from: string, to: string): Promise<CommandAnswer> {
  const [first, last] = [parseDay(from), parseDay(to)];
  if (!first || !last) return failed('day', '--from and --to are days such as 2024-05-01');
  if (last.toMs < first.fromMs) return failed('day', `--to ${to} is before --from ${from}`);
  await currentPlan(core.store);
  const planned = await previewReminders(core.store.duties, first.fromMs, last.toMs);
  return {
    ok: true,
    json: planned.map((row) => ({
      at: isoAtWard(row.atMs),
      duty: row.dutyId,
      rung: row.kind,
      title: row.title,
    })),
    lines:
      planned.length === 0
        ? [`no reminder from ${from} to ${to}`]
        : table(planned.map((row) => [minuteAtWard(row.atMs), SAID[row.kind], row.dutyId, row.title])),
  };
}
