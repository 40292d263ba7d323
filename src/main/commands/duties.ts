import { previewReminders } from '#src/app/duties/preview-reminders.ts';
import type { PlannedReminder } from '#src/domain/duties/preview-reminders.ts';
import { currentPlan, type Core } from '../core.ts';
import { type CommandAnswer, failed, table } from './output.ts';
import { isoAtWard, minuteAtWard, parseDay } from './ward-time.ts';

const SAID: Readonly<Record<PlannedReminder['kind'], string>> = {
  remind: 'reminder',
  'due-today': 'due today',
  overdue: 'overdue',
  again: 'put off until then',
};

/**
 * Every reminder that goes out between two days at the ward, both included, if nobody answers; sends nothing. Those of one
 * minute to one person are one message.
 * JSON: an array of `{at, duty, rung, to, why, title}` in the order of time; `at` ISO 8601 at +07:00, `rung` a kind of
 * reminder, `to` the id of a member or null where nobody can be reached.
 */
export async function previewDuties(core: Core, from: string, to: string): Promise<CommandAnswer> {
  const [first, last] = [parseDay(from), parseDay(to)];
  if (!first || !last) return failed('day', '--from and --to are days such as 2024-05-01');
  if (last.toMs < first.fromMs) return failed('day', `--to ${to} is before --from ${from}`);
  await currentPlan(core.store);
  const planned = await previewReminders(core.app, first.fromMs, last.toMs);
  const names = new Map((await core.store.staff.list()).map(({ id, name }) => [id, name]));
  return {
    ok: true,
    json: planned.map((row) => ({
      at: isoAtWard(row.atMs),
      duty: row.dutyId,
      rung: row.kind,
      to: row.told?.staffId ?? null,
      why: whyOf(row),
      title: row.title,
    })),
    lines:
      planned.length === 0
        ? [`no reminder from ${from} to ${to}`]
        : table(
            planned.map((row) => [
              minuteAtWard(row.atMs),
              SAID[row.kind],
              row.dutyId,
              names.get(row.told?.staffId ?? '') ?? 'nobody',
              whyOf(row),
              row.title,
            ]),
          ),
  };
}

/** Why this person. */
function whyOf({ told }: PlannedReminder): string {
  if (told === null) return 'nobody of the chain can be reached: the admins are told';
  const { to, staffId, forId, reminded } = told;
  const place =
    to === 'responsible'
      ? 'responsible'
      : reminded.responsible === 0
        ? `${to}: nobody below can be reached`
        : `${to}: no answer to ${String(reminded.responsible)} reminders`;
  return staffId === forId ? place : `${place}; stands in for ${forId}`;
}
