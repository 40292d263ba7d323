import {
  type Duty,
  type DutyAudience,
  type DutyHistoryEntry,
  isUnfinished,
  type Rung,
  sinceAssigned,
} from '../duty.ts';
import { DAY_MS, MINUTE_MS } from '../calendar/local-time.ts';
import { nextLookMs } from './ladder.ts';

export interface Reminder {
  /** Part of the row's id: the same reminder computed twice has the same key. */
  readonly key: string;
  /** `again`: the end of a snooze. */
  readonly kind: 'remind' | 'due-today' | 'overdue' | 'again';
  readonly to: DutyAudience;
  readonly staffId: string;
  /** The member of the chain whom `staffId` stands in for; the same where nobody is away. */
  readonly forId: string;
  /** When it should have gone out. */
  readonly plannedAtMs: number;
  readonly late: boolean;
  /** How often the responsible person and the head were reminded before this, for those who are told now. */
  readonly reminded: { readonly responsible: number; readonly head: number };
}

export interface TickOptions {
  /** Nothing older than this is sent any more. */
  readonly catchUpMs: number;
  /** Later than this a reminder says that it is late. */
  readonly lateAfterMs: number;
  /** Who gets what is meant for a member; null where that is nobody: the next in the chain is told instead. */
  readonly inPlaceOf: (staffId: string) => string | null;
}

export const USUAL_TICK = { catchUpMs: 3 * DAY_MS, lateAfterMs: 10 * MINUTE_MS };

export interface Tick {
  /** The same object when nothing was due; else with `rev` one higher. */
  readonly duty: Duty;
  readonly reminders: readonly Reminder[];
  /** The key of what had to be said while nobody of the chain can be reached: an admin must know. */
  readonly unheard: string | null;
}

/**
 * What a duty says now. Several rungs that were missed become one message a person; what is older than the catch-up
 * window is passed over. An answer (seen, later, help, how far it is) stops escalation until the next reminder; a reminder that nobody
 * answers by the next rung is told to the head, and from the second on to the chairperson too. Pure: computed again from
 * the same duty it gives reminders of the same keys.
 */
export function tickDuty(duty: Duty, nowMs: number, options: TickOptions): Tick {
  const idle = { duty, reminders: [], unheard: null };
  if (!isUnfinished(duty)) return idle;
  const due = duty.rungs.slice(duty.nextRung).filter((rung) => rung.atMs <= nowMs);
  const snoozeOver = duty.snoozedUntilMs !== null && duty.snoozedUntilMs <= nowMs;
  if (due.length === 0 && !snoozeOver) return idle;

  const oldestMs = nowMs - options.catchUpMs;
  const fresh = due.filter((rung) => rung.atMs >= oldestMs);
  const skipped = due.filter((rung) => rung.atMs < oldestMs).map((rung) => skip(rung, nowMs, 'too-old'));
  const asleep = duty.snoozedUntilMs !== null && !snoozeOver;
  if (asleep) {
    skipped.push(...fresh.map((rung) => skip(rung, nowMs, 'snoozed')));
    return { ...idle, duty: moveOn(duty, due.length, skipped, duty.snoozedUntilMs) };
  }

  const occasion = occasionOf(duty, fresh, oldestMs);
  if (occasion === null) return { ...idle, duty: moveOn(duty, due.length, skipped, null) };
  const passedOver = fresh.filter((rung) => rung.atMs < occasion.plannedAtMs);
  skipped.push(...passedOver.map((rung) => skip(rung, nowMs, 'collapsed')));

  const addressed = addressees(duty, occasion, options.inPlaceOf);
  const reminded = remindedSoFar(duty);
  const late = nowMs - occasion.plannedAtMs > options.lateAfterMs;
  const reminders = addressed.people.map(({ to, staffId, forId }) => ({
    key: occasion.key,
    kind: occasion.kind,
    to,
    staffId,
    forId,
    plannedAtMs: occasion.plannedAtMs,
    late,
    reminded,
  }));
  const said = reminders.map((reminder, index): DutyHistoryEntry => ({
    atMs: nowMs,
    by: 'system',
    // Who stands in for somebody that cannot be reached is asked in that person's place.
    action: index === 0 && addressed.asked ? 'reminded' : 'escalated',
    ...(occasion.rung === null ? {} : { rung: occasion.rung }),
    detail: reminder.to,
  }));
  return {
    duty: moveOn(duty, due.length, [...skipped, ...said], null),
    reminders,
    unheard: addressed.unheard ? occasion.key : null,
  };
}

interface Occasion {
  readonly key: string;
  readonly rung: number | null;
  readonly kind: Reminder['kind'];
  readonly plannedAtMs: number;
  readonly toResponsible: boolean;
  readonly toHead: boolean;
  readonly toChairperson: boolean;
}

/** The one thing to say: the latest of the rungs that came due, for everyone that any of them speaks to. */
function occasionOf(duty: Duty, fresh: readonly Rung[], oldestMs: number): Occasion | null {
  const last = fresh.at(-1);
  if (!last) {
    const { snoozedUntilMs } = duty;
    if (snoozedUntilMs === null || snoozedUntilMs < oldestMs) return null;
    const times = duty.history.filter((entry) => entry.action === 'snoozed').length;
    return {
      key: `snooze-${String(times)}`,
      rung: null,
      kind: 'again',
      plannedAtMs: snoozedUntilMs,
      toResponsible: true,
      toHead: false,
      toChairperson: false,
    };
  }
  const group = fresh.filter((rung) => rung.atMs === last.atMs);
  const own = fresh.filter((rung) => rung.kind !== 'escalate-head' && rung.kind !== 'escalate-chairperson');
  const first = group[0] ?? last;
  return {
    key: keyOf(duty, first),
    rung: first.index,
    kind: last.atMs > duty.dueAtMs ? 'overdue' : ownKind(own.at(-1)),
    plannedAtMs: last.atMs,
    toResponsible: own.length > 0,
    toHead: fresh.some((rung) => rung.kind === 'escalate-head'),
    toChairperson: fresh.some((rung) => rung.kind === 'escalate-chairperson'),
  };
}

/** After a move the rungs are numbered anew, and what is said on them is not what was said before. */
function keyOf(duty: Duty, { index }: Rung): string {
  const moves = duty.history.filter(({ action }) => action === 'moved').length;
  return moves === 0 ? String(index) : `m${String(moves)}-${String(index)}`;
}

function ownKind(rung: Rung | undefined): Reminder['kind'] {
  return rung?.kind === 'due-today' || rung?.kind === 'overdue' ? rung.kind : 'remind';
}

function addressees(
  duty: Duty,
  occasion: Occasion,
  inPlaceOf: TickOptions['inPlaceOf'],
): {
  readonly people: readonly Pick<Reminder, 'to' | 'staffId' | 'forId'>[];
  readonly asked: boolean;
  readonly unheard: boolean;
} {
  const silent = unanswered(duty);
  const overdue = occasion.kind === 'overdue';
  const wanted: Record<DutyAudience, boolean> = {
    responsible: occasion.toResponsible,
    head: (occasion.toHead && (overdue || silent > 0)) || (occasion.toResponsible && silent > 0),
    chairperson:
      (occasion.toChairperson && (overdue || silent > 0)) || (occasion.toResponsible && silent > 1),
  };
  const chain: readonly { readonly to: DutyAudience; readonly staffId: string | null }[] = [
    { to: 'responsible', staffId: duty.responsibleId },
    { to: 'head', staffId: duty.headId },
    { to: 'chairperson', staffId: duty.chairpersonId },
  ];
  const people: Pick<Reminder, 'to' | 'staffId' | 'forId'>[] = [];
  // Who cannot be reached hands the message up: a duty is never silent because somebody has not joined.
  let handedUp = false;
  for (const { to, staffId: forId } of chain) {
    if (!wanted[to] && !handedUp) continue;
    const staffId = forId === null ? null : inPlaceOf(forId);
    handedUp = staffId === null;
    if (forId === null || staffId === null) continue;
    if (!people.some((person) => person.staffId === staffId)) people.push({ to, staffId, forId });
  }
  const somethingToSay = wanted.responsible || wanted.head || wanted.chairperson;
  return { people, asked: wanted.responsible, unheard: somethingToSay && people.length === 0 };
}

/** After these nobody has been ignored yet. */
const CLEARS: readonly DutyHistoryEntry['action'][] = [
  'acknowledged',
  'snoozed',
  'help',
  'progress',
  'assigned',
  'moved',
];

/** Reminders to the responsible person (or to whoever stood in) since anybody last answered or the duty was changed. */
function unanswered(duty: Duty): number {
  const cleared = duty.history.findLastIndex(({ action }) => CLEARS.includes(action));
  return duty.history.slice(cleared + 1).filter(({ action }) => action === 'reminded').length;
}

/** Of whoever has it now: what their predecessor was told does not count against them. */
export function remindedSoFar(duty: Duty): Reminder['reminded'] {
  const since = sinceAssigned(duty);
  const told = (role: DutyAudience): number =>
    since.filter(({ action, detail }) => (action === 'reminded' || action === 'escalated') && detail === role)
      .length;
  return { responsible: told('responsible'), head: told('head') };
}

function skip(rung: Rung, nowMs: number, why: 'too-old' | 'collapsed' | 'snoozed'): DutyHistoryEntry {
  return { atMs: nowMs, by: 'system', action: 'skipped', rung: rung.index, detail: why };
}

function moveOn(
  duty: Duty,
  passed: number,
  entries: readonly DutyHistoryEntry[],
  snoozedUntilMs: number | null,
): Duty {
  const moved: Duty = {
    ...duty,
    // A new reminder wants a new answer.
    state: entries.some((entry) => entry.action === 'reminded') ? 'open' : duty.state,
    nextRung: duty.nextRung + passed,
    snoozedUntilMs,
    rev: duty.rev + 1,
    history: [...duty.history, ...entries],
  };
  return { ...moved, nextAtMs: nextLookMs(moved) };
}
