import { previewReminders } from '#src/app/duties/preview-reminders.ts';
import { atLocal, endOfDay } from '#src/domain/calendar/local-time.ts';
import type { Core } from '../core.ts';
import { type CommandAnswer, isoAtWard } from './output.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** Every reminder that goes out between two days at the ward if nobody answers; sends nothing. */
export async function previewDuties(core: Core, from: string, to: string): Promise<CommandAnswer> {
  if (!DAY.test(from) || !DAY.test(to)) {
    const problem = '--from and --to are days such as 2024-05-01';
    return { ok: false, json: { ok: false, problem }, lines: [problem] };
  }
  const planned = await previewReminders(core.store.duties, atLocal(from, '00:00'), endOfDay(to));
  const rows = planned.map((row) => ({
    at: isoAtWard(row.atMs),
    duty: row.dutyId,
    rung: row.kind,
    title: row.title,
  }));
  return {
    ok: true,
    json: rows,
    lines: rows.map((row) => `${row.at}  ${row.duty}  ${row.rung}  ${row.title}`),
  };
}
