import type { PlannedReminder } from '#src/domain/duties/ladder.ts';
import { previewReminders as preview } from '#src/domain/duties/ladder.ts';
import type { DutyStore } from '../ports/stores.ts';

/** What will be said between two instants if nobody answers; sends nothing. */
export async function previewReminders(
  duties: Pick<DutyStore, 'list'>,
  fromMs: number,
  toMs: number,
): Promise<readonly PlannedReminder[]> {
  return preview(await duties.list(), fromMs, toMs);
}
