import type { Duty, DutyHistoryEntry } from '../duty.ts';

/** What the duty was for is so: nobody has to say it. */
export function doneBySystem(duty: Duty, why: string, nowMs: number): Duty {
  const entry: DutyHistoryEntry = { atMs: nowMs, by: 'system', action: 'done', detail: why };
  return {
    ...duty,
    ...{ state: 'done', snoozedUntilMs: null, nextAtMs: null },
    rev: duty.rev + 1,
    history: [...duty.history, entry],
  };
}

/** Over because it is so; a person's "done" says only that they did what they could. */
export const isDoneBySystem = ({ history }: Duty): boolean =>
  history.some(({ by, action }) => by === 'system' && action === 'done');
