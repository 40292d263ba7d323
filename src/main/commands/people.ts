import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { importGroups, type GroupRow } from '#src/app/groups/import-groups.ts';
import { inviteStaff, type Invitation } from '#src/app/staff/invite-staff.ts';
import { type Core, currentPlan } from '../core.ts';
import { randomTokens } from '../tokens.ts';
import type { CommandAnswer } from './output.ts';
import { isoAtWard } from './output.ts';

const csvRow = z.object({
  channel: z.string(),
  chat_id: z.string(),
  title: z.string(),
  khu_pho: z.string().default(''),
  kind: z.string().default(''),
});

/** Columns channel, chat_id, title, khu_pho, kind. All rows are checked before one is written. */
export async function importGroupFile(core: Core, file: string): Promise<CommandAnswer> {
  const records = z
    .array(csvRow)
    .safeParse(
      parse(readFileSync(file, 'utf8'), { columns: true, trim: true, bom: true, skip_empty_lines: true }),
    );
  if (!records.success) {
    return {
      ok: false,
      json: { ok: false, problem: 'columns' },
      lines: [`${file}: the columns must be channel, chat_id, title, khu_pho, kind`],
    };
  }
  const rows = records.data.map((row, index): GroupRow => ({
    line: index + 2,
    channel: row.channel,
    chatId: row.chat_id,
    title: row.title,
    neighbourhood: row.khu_pho,
    kind: row.kind,
  }));
  const answer = await importGroups(core.store.destinations, await currentPlan(core.store), rows);
  if (answer.kind === 'problems') {
    return {
      ok: false,
      json: { ok: false, problems: answer.problems },
      lines: answer.problems.map(
        (problem) =>
          `${file}:${String(problem.line)} ${problem.field}: ${problem.value === '' ? 'is empty' : `"${problem.value}" is not known`}`,
      ),
    };
  }
  return { ok: true, json: { ok: true, imported: answer.count }, lines: [`${String(answer.count)} groups`] };
}

export async function listGroupRows(core: Core): Promise<CommandAnswer> {
  const groups = await core.store.destinations.list({});
  return {
    ok: true,
    json: groups,
    lines: groups.map((one) =>
      [
        one.id,
        one.kind,
        one.chat.platform,
        one.chat.chatId,
        one.state,
        one.neighbourhood ?? '-',
        one.title,
      ].join('\t'),
    ),
  };
}

export async function invite(core: Core, invitation: Invitation): Promise<CommandAnswer> {
  const answer = await inviteStaff(
    { staff: core.store.staff, tokens: randomTokens, clock: core.clock },
    await currentPlan(core.store),
    invitation,
  );
  if (answer.kind !== 'invited') {
    return {
      ok: false,
      json: { ok: false, ...answer },
      lines: [`${answer.kind.replaceAll('-', ' ')}: ${answer.value}`],
    };
  }
  const until = isoAtWard(answer.expiresAtMs);
  return {
    ok: true,
    json: { ok: true, staff: answer.member.id, code: answer.code, expiresAt: until },
    lines: [
      `${answer.member.id} ${answer.member.name}: code ${answer.code}, good until ${until}`,
      'Telegram: /start <code>; Zalo: type the code',
    ],
  };
}
