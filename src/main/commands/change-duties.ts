import { randomUUID } from 'node:crypto';
import { addDuty } from '#src/app/duties/add-duty.ts';
import { changeDuty } from '#src/app/duties/change-duty.ts';
import type { WantedChange } from '#src/domain/duties/change-duty.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { SHOWN_BY } from '#src/domain/done-by.ts';
import { type Duty, isUnfinished } from '#src/domain/duty.ts';
import type { Core } from '../core.ts';
import { type OrderCommand, orderedBy } from './ordered-by.ts';
import { type CommandAnswer, failed, table } from './output.ts';
import { parseDay } from './ward-time.ts';

export interface AddCommand extends OrderCommand {
  readonly to: string;
  readonly due: string;
  readonly title?: string;
  readonly obligation?: string;
  readonly doneBy?: string;
}

const NOT_ALLOWED = 'may not: the chairperson, admins and the leaders of the unit may';

/**
 * Opens a duty that no date of the plan makes. JSON: `{ok: true, duty, due, to, reached}`, `reached` false where the person
 * has not joined; failed with `day`, `done-by`, `no-reason`, `no-title`, `unknown-staff`, `unknown-obligation`, `not-allowed`, `past`.
 */
export async function addDutyByCommand(core: Core, command: AddCommand): Promise<CommandAnswer> {
  const due = parseDay(command.due);
  if (!due) return failed('day', '--due is a day such as 2024-06-28');
  const shownBy = SHOWN_BY.find((one) => one === command.doneBy);
  if (command.doneBy !== undefined && !shownBy)
    return failed('done-by', `--done-by is one of ${SHOWN_BY.join(', ')}`);
  const by = await orderedBy(core, command);
  if ('lines' in by) return by;
  const added = await addDuty(core.app, {
    id: randomUUID(),
    title: command.title ?? null,
    obligationId: command.obligation ?? null,
    dueDate: localDateOf(due.fromMs),
    toId: command.to,
    ...(shownBy === undefined ? {} : { shownBy }),
    by,
    reason: command.reason,
  });
  switch (added.kind) {
    case 'added':
      return changedAnswer(added.duty, added.isReached ? [] : [command.to]);
    case 'unknown-staff':
      return failed('unknown-staff', `--to: no member of staff has the id ${command.to}`);
    case 'unknown-obligation':
      return failed('unknown-obligation', `the plan has no obligation ${command.obligation ?? ''}`);
    case 'no-title':
      return failed('no-title', 'say what is to be done: --title, or --obligation for the words of the plan');
    case 'not-allowed':
      return failed('not-allowed', `${command.by} ${NOT_ALLOWED}`);
    case 'past':
      return failed('past', `${command.due} is over`);
  }
}

/**
 * Gives a duty to somebody else, moves its day or calls it off. JSON as of `addDutyByCommand`; failed with `no-reason`,
 * `unknown-staff`, `unknown-duty`, `not-allowed`, `not-open`, `no-change`.
 */
export async function changeDutyByCommand(
  core: Core,
  dutyId: string,
  change: WantedChange,
  command: OrderCommand,
): Promise<CommandAnswer> {
  const by = await orderedBy(core, command);
  if ('lines' in by) return by;
  const { reason } = command;
  const ordered = await changeDuty(core.app, { id: `order.${randomUUID()}`, dutyId, change, by, reason });
  switch (ordered.kind) {
    case 'changed':
      return changedAnswer(
        ordered.duty,
        ordered.unreached.map(({ id }) => id),
      );
    case 'unknown-duty':
      return failed('unknown-duty', `there is no duty ${dutyId}: duties list shows them`);
    case 'unknown-staff':
      return failed('unknown-staff', '--to names nobody of staff');
    case 'not-allowed':
      return failed('not-allowed', `${command.by} ${NOT_ALLOWED}`);
    case 'not-open':
      return failed('not-open', `${dutyId} is done or called off already`);
    case 'no-change':
      return failed('no-change', 'it is so already, or the day is over');
  }
}

/** The same for another day. Failed also with `day`. */
export async function moveDutyByCommand(
  core: Core,
  dutyId: string,
  due: string,
  command: OrderCommand,
): Promise<CommandAnswer> {
  const day = parseDay(due);
  if (!day) return failed('day', '--due is a day such as 2024-06-28');
  return changeDutyByCommand(core, dutyId, { kind: 'move', dueDate: localDateOf(day.fromMs) }, command);
}

/** Every unfinished duty in the order of its day. JSON: an array of `{duty, title, due, state, to}`, `to` an id or null. */
export async function listDuties(core: Core): Promise<CommandAnswer> {
  const open = (await core.store.duties.list())
    .filter(isUnfinished)
    .toSorted((a, b) => a.dueAtMs - b.dueAtMs || a.id.localeCompare(b.id));
  const names = new Map((await core.store.staff.list()).map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null): string => (id === null ? 'nobody' : (names.get(id) ?? id));
  return {
    ok: true,
    json: open.map((duty) => ({ ...rowOf(duty), title: duty.title, state: duty.state })),
    lines:
      open.length === 0
        ? ['no duty is open']
        : table(
            open.map((duty) => [dueOf(duty), duty.state, nameOf(duty.responsibleId), duty.id, duty.title]),
          ),
  };
}

const dueOf = ({ dueAtMs }: Duty): string => localDateOf(dueAtMs);

const rowOf = (duty: Duty) => ({ duty: duty.id, due: dueOf(duty), to: duty.responsibleId });

function changedAnswer(duty: Duty, unreached: readonly string[]): CommandAnswer {
  const reached = unreached.length === 0;
  return {
    ok: true,
    json: { ok: true, ...rowOf(duty), state: duty.state, reached },
    lines: [
      `${duty.id} is ${duty.state}, due ${dueOf(duty)}, with ${duty.responsibleId ?? 'nobody'}`,
      ...(reached ? [] : ['they have not joined the channel: tell them yourself']),
    ],
  };
}
