import { dutyChoices } from '#src/domain/conversation/flows/duty-prompts.ts';
import type { Duty } from '#src/domain/duty.ts';
import { changeAlong } from '#src/domain/duties/change-along.ts';
import {
  changeDuty as applyChange,
  type DutyChange,
  type DutyOrder as Applied,
  ladderOf,
  type WantedChange,
} from '#src/domain/duties/change-duty.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { withoutFullStop } from '#src/domain/text/without-full-stop.ts';
import type { App } from '../app.ts';
import { planOf } from '../cases/case-law.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { dutyParams, mention, needsText, ofDuty } from './present-duty.ts';
import { updateDuty } from './update-duty.ts';

export interface DutyOrder {
  /** The record's id: the same order given twice changes and tells once. */
  readonly id: string;
  readonly dutyId: string;
  readonly change: WantedChange;
  readonly by: StaffMember;
  readonly reason: string;
  /** Who reads of it elsewhere already. */
  readonly heard?: ReadonlySet<string>;
}

export type DutyOrdered =
  | ({ readonly kind: 'changed'; readonly duty: Duty } & Told)
  | { readonly kind: 'unknown-duty' | 'unknown-staff' | 'not-allowed' | 'not-open' | 'no-change' };

/** Those whom a change concerns, each once: who hears of it in chat, and who has no chat to hear it in. */
export interface Told {
  readonly told: readonly StaffMember[];
  readonly unreached: readonly StaffMember[];
}

/**
 * Gives a duty to somebody else, moves its day or calls it off, and with it what has to be done before; tells those whom it
 * concerns, and keeps who did it and why. Safe to run twice. Throws when the duty keeps changing under it.
 */
export async function changeDuty(app: App, order: DutyOrder): Promise<DutyOrdered> {
  const { change } = order;
  if (change.kind === 'assign' && (await app.staff.get(change.toId))?.active !== true)
    return { kind: 'unknown-staff' };
  const ordered = await changeOne(app, order);
  if (ordered.kind !== 'changed') return ordered;
  const all = [ordered, ...(await changeFirst(app, order))];
  return {
    kind: 'changed',
    duty: ordered.duty,
    told: eachOnce(all.flatMap(({ told }) => told)),
    unreached: eachOnce(all.flatMap(({ unreached }) => unreached)),
  };
}

/** What has to be done before, and before that: a part may have parts of its own. Each hangs on what is opened before it, so this ends. */
async function changeFirst(app: App, { id, dutyId, change, ...rest }: DutyOrder): Promise<readonly Told[]> {
  const others: Told[] = [];
  for (const first of await app.duties.preceding(dutyId)) {
    const alongId = `${id}.${first.id}`;
    const along = changeAlong(app.calendar, first, change, { id: alongId, nowMs: app.clock.nowMs() });
    if (along === null) continue;
    const order = { ...rest, id: alongId, dutyId: first.id, change: along };
    const went = await changeOne(app, { ...order, goesAlong: true });
    if (went.kind === 'changed') others.push(went, ...(await changeFirst(app, order)));
  }
  return others;
}

const eachOnce = (people: readonly StaffMember[]): readonly StaffMember[] => [
  ...new Map(people.map((person) => [person.id, person])).values(),
];

async function changeOne(app: App, order: DutyOrder & Pick<Applied, 'goesAlong'>): Promise<DutyOrdered> {
  const { id, dutyId, change, by, reason, goesAlong } = order;
  const nowMs = app.clock.nowMs();
  const applied: Applied = { id, by, reason, nowMs, ...(goesAlong && { goesAlong }) };
  const updated = await updateDuty(app, dutyId, async (duty) =>
    applyChange(duty, await withLadder(app, duty, change), applied, app.calendar),
  );
  if (!updated) return { kind: 'unknown-duty' };
  const { result, duty } = updated;
  if (result.kind !== 'changed') return result;
  const told = await tellConcerned(app, order, duty);
  await app.audit.record({
    id,
    atMs: nowMs,
    by: by.id,
    action: AUDITED[change.kind],
    subject: duty.id,
    reason,
  });
  return { kind: 'changed', duty, ...told };
}

const AUDITED = { assign: 'duty-assigned', move: 'duty-moved', cancel: 'duty-cancelled' } as const;

async function withLadder(app: App, duty: Duty, change: WantedChange): Promise<DutyChange> {
  if (change.kind !== 'move') return change;
  return { ...change, ladder: ladderOf(await planOf(app), duty) };
}

async function tellConcerned(app: App, order: DutyOrder, duty: Duty): Promise<Told> {
  const { id, change, reason, heard } = order;
  const told: StaffMember[] = [];
  const unreached: StaffMember[] = [];
  const tell = async (notice: DutyNotice): Promise<void> => {
    if (heard?.has(notice.person.id)) return;
    ((await tellDuty(app, notice)) ? told : unreached).push(notice.person);
  };
  const has = duty.responsibleId === null ? null : await app.staff.get(duty.responsibleId);
  if (has) await tell({ id, duty, person: has, key: WORDS[change.kind], reason });
  const had = change.kind === 'assign' ? await hadBefore(app, duty) : null;
  if (has && had && had.id !== has.id) {
    const whom = mention(app.texts, has);
    await tell({ id, duty, person: had, key: 'duty.change.handedOver', reason, whom });
  }
  return { told, unreached };
}

const WORDS = {
  assign: 'duty.change.assigned',
  move: 'duty.change.moved',
  cancel: 'duty.change.cancelled',
} as const;

/** Whoever was reminded last before it changed hands. */
async function hadBefore(app: App, duty: Duty): Promise<StaffMember | null> {
  const id = duty.history.findLast(({ action }) => action === 'assigned')?.from;
  return id === undefined ? null : app.staff.get(id);
}

export interface DutyNotice {
  /** Of the order; with the person it makes the row's id. */
  readonly id: string;
  readonly duty: Duty;
  readonly person: StaffMember;
  readonly key: string;
  readonly reason: string;
  readonly whom?: string;
}

/** Whether the person can be reached at all. Who has the duty now can answer at once. */
export async function tellDuty(app: App, notice: DutyNotice): Promise<boolean> {
  const { duty, person } = notice;
  const id = `${notice.id}.${person.id}`;
  const isTheirs = duty.state === 'open' && duty.responsibleId === person.id;
  const notified = await notifyStaff(app, {
    id,
    staff: person,
    text: { key: 'duty.words', params: { words: noticeWords(app, notice) } },
    ...(isTheirs && {
      prompt: {
        id,
        subject: { kind: 'duty', ...ofDuty(duty) },
        choices: dutyChoices('responsible', (ref) => app.texts.render(ref)),
      },
    }),
    lane: 'reminder',
    dueAtMs: app.clock.nowMs(),
  });
  return notified.kind !== 'no-contact';
}

/** Who gets a duty reads also what will show that it is done. */
function noticeWords(
  { texts, calendar, clock }: App,
  { duty, person, key, reason, whom = '' }: DutyNotice,
): string {
  const params = {
    ...dutyParams(texts, calendar, duty, clock.nowMs()),
    ...personParams(person),
    whom,
    reason: withoutFullStop(reason),
  };
  const needs = key === 'duty.change.assigned' ? needsText(texts, duty) : null;
  return [texts.render({ key, params }), ...(needs === null ? [] : [needs])].join(' ');
}
