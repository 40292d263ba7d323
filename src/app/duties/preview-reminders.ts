import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import type { PlannedReminder } from '#src/domain/duties/ladder.ts';
import { previewReminders as preview } from '#src/domain/duties/ladder.ts';
import type { Clock } from '../ports/services.ts';
import type { DutyStore } from '../ports/stores.ts';

/** What will be said in the coming days if nobody answers. */
export async function previewReminders(
  ports: { readonly duties: Pick<DutyStore, 'list'>; readonly clock: Clock },
  days: number,
): Promise<readonly PlannedReminder[]> {
  const nowMs = ports.clock.nowMs();
  return preview(await ports.duties.list(), nowMs, nowMs + days * DAY_MS);
}
