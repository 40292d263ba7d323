import { isHidden, isOfInspected } from '#src/domain/inspections/may-see.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';

/** Who wants to see also what is hidden, and why; `id` names the asking in the audit. */
export interface HiddenAsked {
  readonly id: string;
  readonly by: StaffMember;
  readonly reason: string;
}

/**
 * Visits from a day on: the announced and the closed; asked for expressly also the hidden ones, but never those to the unit of
 * whoever asks. Such an asking is written down before anything is shown.
 */
export async function visitsForOperator(
  { visits, audit, clock }: Pick<App, 'visits' | 'audit' | 'clock'>,
  since: LocalDate,
  asked: HiddenAsked | null,
): Promise<readonly Visit[]> {
  if (asked)
    await audit.record({
      id: asked.id,
      atMs: clock.nowMs(),
      by: asked.by.id,
      action: 'inspections-listed',
      subject: 'unannounced',
      reason: asked.reason,
    });
  const found = await visits.since(since);
  return found.filter((visit) => !isHidden(visit) || (asked !== null && !isOfInspected(visit, asked.by)));
}
