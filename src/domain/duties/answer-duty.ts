import type { Calendar } from '../calendar/calendar.ts';
import { isWorkingDay, nextMorning, nextOpening } from '../calendar/calendar.ts';
import { DAY_MS, localDateOf } from '../calendar/local-time.ts';
import { type Duty, type DutyHistoryEntry, isUnfinished, sinceAssigned } from '../duty.ts';
import type { StaffMember } from '../staff.ts';
import { hasRole, speaksFor } from '../staff.ts';
import { nextLookMs } from './ladder.ts';

export type DutyAnswer =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'snooze'; readonly untilMs: number }
  | { readonly kind: 'done'; readonly proof: string | null; readonly fileIds?: readonly string[] }
  | { readonly kind: 'help' }
  /** Seen, and under way. */
  | { readonly kind: 'progress'; readonly note: string };

export type DutyAnswered =
  | { readonly kind: 'acknowledged' | 'done' | 'help' | 'progress'; readonly duty: Duty }
  | { readonly kind: 'snoozed'; readonly duty: Duty; readonly untilMs: number; readonly capped: boolean }
  | { readonly kind: 'snooze-spent'; readonly times: number }
  | { readonly kind: 'already-done' }
  | { readonly kind: 'not-yours' };

/** A duty is put off at most this often, and never this far at once. */
const MAX_SNOOZES = 3;
const LONGEST_SNOOZE_MS = 7 * DAY_MS;

/**
 * What an answer makes of a duty. `answerId` names the answer: the same one given again changes nothing. Allowed are the
 * people of its chain, who stands in for them, the leaders of its unit and the chairperson. Pure.
 */
export function answerDuty(
  duty: Duty,
  answer: DutyAnswer,
  by: StaffMember,
  answerId: string,
  nowMs: number,
  calendar: Calendar,
): DutyAnswered {
  if (!mayAnswer(duty, by)) return { kind: 'not-yours' };
  const repeated = duty.history.some((entry) => entry.detail === answerId);
  if (repeated) return repeatedAnswer(duty, answer);
  if (!isUnfinished(duty)) return { kind: 'already-done' };
  const entry = (action: DutyHistoryEntry['action']): DutyHistoryEntry => ({
    atMs: nowMs,
    by: by.id,
    action,
    detail: answerId,
  });
  switch (answer.kind) {
    case 'acknowledge':
      return {
        kind: 'acknowledged',
        duty: changed(duty, { state: 'acknowledged', acknowledgedAtMs: nowMs }, entry('acknowledged')),
      };
    case 'help':
      return { kind: 'help', duty: changed(duty, {}, entry('help')) };
    case 'progress': {
      const seen = { state: 'acknowledged', acknowledgedAtMs: nowMs } as const;
      return { kind: 'progress', duty: changed(duty, seen, { ...entry('progress'), note: answer.note }) };
    }
    case 'done': {
      const { proof, fileIds = [] } = answer;
      const files = fileIds.length > 0 ? { proofFileIds: fileIds } : {};
      const done = { state: 'done', proof, ...files, snoozedUntilMs: null } as const;
      return { kind: 'done', duty: changed(duty, done, entry('done')) };
    }
    case 'snooze': {
      // What their predecessor put off does not count against whoever has it now.
      const times = sinceAssigned(duty).filter(({ action }) => action === 'snoozed').length;
      if (times >= MAX_SNOOZES) return { kind: 'snooze-spent', times };
      const wantedMs = workingMoment(calendar, Math.max(answer.untilMs, nowMs), nowMs);
      const untilMs = Math.min(wantedMs, latestSnooze(duty, nowMs, calendar));
      const after = changed(duty, { snoozedUntilMs: untilMs }, entry('snoozed'));
      return { kind: 'snoozed', duty: after, untilMs, capped: untilMs < wantedMs };
    }
  }
}

/** The people of its chain, who stands in for them, the leaders of its unit and the chairperson. */
export function mayAnswer(duty: Duty, by: StaffMember): boolean {
  const chain = [duty.responsibleId, duty.headId, duty.chairpersonId];
  if (speaksFor(by, chain)) return by.active;
  return hasRole(by, 'chairperson') || (hasRole(by, 'leader') && by.unitId === duty.unitId);
}

/** The duty as it stands, with the word for what the answer did the first time. */
function repeatedAnswer(duty: Duty, answer: DutyAnswer): DutyAnswered {
  switch (answer.kind) {
    case 'acknowledge':
      return { kind: 'acknowledged', duty };
    case 'snooze':
      return { kind: 'snoozed', duty, untilMs: duty.snoozedUntilMs ?? answer.untilMs, capped: false };
    case 'done':
    case 'help':
    case 'progress':
      return { kind: answer.kind, duty };
  }
}

/** No snooze outlasts the rung that says "today" or "overdue", nor a week; a week from a day off ends on the next working day. */
function latestSnooze(duty: Duty, nowMs: number, calendar: Calendar): number {
  const hard = duty.rungs.find(
    (rung) => rung.atMs > nowMs && (rung.kind === 'due-today' || rung.kind === 'overdue'),
  );
  const weekMs = workingMoment(calendar, nowMs + LONGEST_SNOOZE_MS, nowMs);
  return Math.min(hard?.atMs ?? nextMorning(calendar, nowMs), weekMs);
}

/** The instant itself on a working day, else the next opening; never now or before. */
function workingMoment(calendar: Calendar, untilMs: number, nowMs: number): number {
  return untilMs > nowMs && isWorkingDay(calendar, localDateOf(untilMs))
    ? untilMs
    : nextOpening(calendar, untilMs);
}

function changed(duty: Duty, change: Partial<Duty>, entry: DutyHistoryEntry): Duty {
  const after: Duty = { ...duty, ...change, rev: duty.rev + 1, history: [...duty.history, entry] };
  return { ...after, nextAtMs: nextLookMs(after) };
}
