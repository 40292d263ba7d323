import type { DestinationStore } from '#src/app/ports/stores.ts';
import { importGroups, type GroupProblem } from '#src/app/groups/import-groups.ts';
import { inviteStaff, type Invitation, type Invited } from '#src/app/staff/invite-staff.ts';
import type { Destination, GroupAudience } from '#src/domain/destination.ts';
import { PLATFORMS } from '#src/domain/inbound.ts';
import { type Plan, ROLE_IDS } from '#src/domain/plan.ts';
import { type Core, currentPlan } from '../core.ts';
import { randomTokens } from '../tokens.ts';
import { quoted, readGroupFile } from './group-file.ts';
import { badFile, type CommandAnswer, failed, table } from './output.ts';
import { neighbourhoodOf, unitOf } from './plan-names.ts';
import { isoAtWard, minuteAtWard } from './ward-time.ts';

/**
 * Columns channel, chat_id, title, khu_pho, kind. All rows are checked before one is written; importing again changes
 * nothing. JSON: `{ok: true, imported}`, the number of rows; a bad file as in `badFile`.
 */
export async function importGroupFile(core: Core, file: string): Promise<CommandAnswer> {
  const { destinations } = core.store;
  const plan = await currentPlan(core.store);
  const { rows, problems } = readGroupFile(file, plan);
  // With a problem in the file the use case only judges: whoever mends the file wants all of them at once.
  const target = problems.length === 0 ? destinations : writingNothing(destinations);
  const answer = await importGroups(target, plan, rows);
  const ofPlan = answer.kind === 'problems' ? answer.problems : [];
  const all = [
    ...problems,
    ...ofPlan.map((one) => ({ file, line: one.line, field: one.field, message: messageOf(one, plan) })),
  ];
  if (all.length > 0) return badFile(all.toSorted((one, other) => one.line - other.line));
  const count = rows.length;
  return {
    ok: true,
    json: { ok: true, imported: count },
    lines: [count === 1 ? '1 group imported' : `${String(count)} groups imported`],
  };
}

function writingNothing(destinations: DestinationStore): DestinationStore {
  return { ...destinations, upsert: (one) => Promise.resolve({ ...one, id: one.id ?? '' }) };
}

const AUDIENCES: Readonly<Record<GroupAudience, true>> = {
  residents: true,
  officers: true,
  'mass-organisations': true,
};

function messageOf({ field, value }: GroupProblem, plan: Plan): string {
  const known = {
    channel: PLATFORMS,
    chat_id: [],
    khu_pho: plan.neighbourhoods.map((one) => one.name),
    kind: Object.keys(AUDIENCES),
  }[field];
  const what = value === '' ? 'is empty' : `${quoted(value)} is not known`;
  return known.length === 0 ? what : `${what}; known are ${known.join(', ')}`;
}

/**
 * Where broadcasts go: groups, and the heads and loudspeaker operators behind whom people stand.
 * JSON: an array of `{id, kind, chat: {platform, chatId}, title, neighbourhood, audience, state, unreachableWhy?,
 * staffId?}` (`Destination`).
 */
export async function listGroupRows(core: Core): Promise<CommandAnswer> {
  const groups = await core.store.destinations.list({});
  return {
    ok: true,
    json: groups,
    lines:
      groups.length === 0
        ? ['no group yet: add the bot to one, or groups import FILE.csv']
        : table([
            ['STATE', 'KIND', 'CHANNEL', 'CHAT', 'KHU PHO', 'FOR', 'TITLE'],
            ...[...groups].sort(byPlace).map(groupRow),
          ]),
  };
}

const byPlace = (one: Destination, other: Destination): number =>
  (one.neighbourhood ?? '').localeCompare(other.neighbourhood ?? '', 'vi', { numeric: true }) ||
  one.title.localeCompare(other.title, 'vi', { numeric: true });

const groupRow = (one: Destination): readonly string[] => [
  one.unreachableWhy === undefined ? one.state : `${one.state} (${one.unreachableWhy})`,
  one.kind,
  one.chat.platform,
  one.chat.chatId,
  one.neighbourhood ?? 'whole ward',
  one.audience ?? '-',
  one.title,
];

/**
 * A one-time code for a member of staff. Unit and neighbourhood by id or name.
 * JSON: `{ok: true, staff, name, roles, unit, neighbourhood, code, expiresAt}`; failed with the reasons `name`,
 * `unknown-role`, `unknown-unit`, `unknown-neighbourhood`, `role-taken`.
 */
export async function invite(core: Core, wanted: Invitation): Promise<CommandAnswer> {
  const plan = await currentPlan(core.store);
  const name = wanted.name.normalize('NFC').trim();
  if (name === '') return failed('name', '--name is empty');
  const roles = wanted.roles.map((role) => role.trim()).filter((role) => role !== '');
  if (roles.length === 0) return refused({ kind: 'unknown-role', value: '' }, plan);
  const unitId = unitOf(plan, wanted.unitId)?.id ?? wanted.unitId;
  const neighbourhood =
    wanted.neighbourhood && (neighbourhoodOf(plan, wanted.neighbourhood)?.id ?? wanted.neighbourhood);
  const answer = await inviteStaff(
    { staff: core.store.staff, tokens: randomTokens, clock: core.clock },
    plan,
    { name, address: wanted.address, roles, unitId, neighbourhood },
  );
  if (answer.kind !== 'invited') return refused(answer, plan);
  const { member, code, expiresAtMs } = answer;
  return {
    ok: true,
    json: {
      ok: true,
      staff: member.id,
      name: member.name,
      roles: member.roles,
      unit: member.unitId,
      neighbourhood: member.neighbourhood,
      code,
      expiresAt: isoAtWard(expiresAtMs),
    },
    lines: table([
      ['code', code],
      ['until', minuteAtWard(expiresAtMs)],
      ['staff', member.id],
      ['name', member.name],
      ['roles', member.roles.join(', ')],
      ['unit', member.unitId],
      ...(member.neighbourhood === null ? [] : [['khu pho', member.neighbourhood]]),
      ['how', `on Telegram /start ${code}, on Zalo the code alone, to the ward's bot`],
    ]),
  };
}

function refused(answer: Exclude<Invited, { kind: 'invited' }>, plan: Plan): CommandAnswer {
  const { kind, value } = answer;
  switch (kind) {
    case 'unknown-role':
      return failed(kind, `--role: ${quoted(value)} is not a role`, [`roles: ${ROLE_IDS.join(', ')}`]);
    case 'role-taken':
      return failed(kind, `--role: one person has ${quoted(value)} already, and only one may`);
    case 'unknown-unit':
      return failed(kind, `--unit: the plan has no unit ${quoted(value)}`, [
        'units:',
        ...table(plan.units.map((unit) => [`  ${unit.id}`, unit.name])),
      ]);
    case 'unknown-neighbourhood':
      return failed(kind, `--khu-pho: the plan has no neighbourhood ${quoted(value)}`, [
        `neighbourhoods: ${plan.neighbourhoods.map((one) => one.id).join(', ')}`,
      ]);
  }
}
