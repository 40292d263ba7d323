import { removeStaff } from '#src/app/staff/remove-staff.ts';
import type { Core } from '../core.ts';
import { type OrderCommand, orderedBy } from './ordered-by.ts';
import { type CommandAnswer, failed, table } from './output.ts';

const stateOf = ({
  active,
  contacts,
}: {
  readonly active: boolean;
  readonly contacts: readonly unknown[];
}): string => (active ? (contacts.length > 0 ? 'joined' : 'no chat') : 'not in');

/**
 * Everybody of staff. JSON: an array of `{staff, name, roles, unit, neighbourhood, channels, state}`, `state` one of `joined`,
 * `no chat` and `not in` (invited, or left).
 */
export async function listStaff(core: Core): Promise<CommandAnswer> {
  const people = (await core.store.staff.list()).toSorted((a, b) => a.name.localeCompare(b.name, 'vi'));
  return {
    ok: true,
    json: people.map((one) => ({
      staff: one.id,
      name: one.name,
      roles: one.roles,
      unit: one.unitId,
      neighbourhood: one.neighbourhood,
      channels: one.contacts.map(({ platform }) => platform),
      state: stateOf(one),
    })),
    lines:
      people.length === 0
        ? ['nobody was invited yet']
        : table(people.map((one) => [stateOf(one), one.id, one.unitId, one.roles.join(', '), one.name])),
  };
}

/**
 * Takes somebody who has left out of the bot. JSON: `{ok: true, staff, duties: [{duty, to}], cases: [code]}`; failed with
 * `no-reason`, `unknown-staff`, `not-allowed`.
 */
export async function removeFromStaff(
  core: Core,
  staffId: string,
  order: OrderCommand,
): Promise<CommandAnswer> {
  const by = await orderedBy(core, order);
  if ('lines' in by) return by;
  const { reason } = order;
  const removed = await removeStaff(core.app, { id: `removed.${staffId}`, staffId, by, reason });
  switch (removed.kind) {
    case 'unknown-staff':
      return failed('unknown-staff', `no member of staff has the id ${staffId}: staff list shows them`);
    case 'not-allowed':
      return failed('not-allowed', `${order.by} may not: admins and the chairperson may`);
    case 'removed':
      return {
        ok: true,
        json: {
          ok: true,
          staff: staffId,
          duties: removed.duties.map(({ dutyId, toId }) => ({ duty: dutyId, to: toId })),
          cases: removed.cases,
        },
        lines: [
          `${staffId} has no access any more`,
          ...removed.duties.map(
            ({ dutyId, toId }) => `${dutyId} is with ${toId ?? 'nobody: give it to somebody'}`,
          ),
          ...(removed.cases.length > 0 ? [`cases without a handler: ${removed.cases.join(', ')}`] : []),
        ],
      };
  }
}
