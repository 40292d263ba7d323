import type { GroupAudience } from '#src/domain/destination.ts';
import { PLATFORMS, type Platform } from '#src/domain/inbound.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { DestinationStore } from '../ports/stores.ts';

export interface GroupRow {
  readonly line: number;
  readonly channel: string;
  readonly chatId: string;
  readonly title: string;
  readonly neighbourhood: string;
  readonly kind: string;
}

export interface GroupProblem {
  readonly line: number;
  readonly field: 'channel' | 'chat_id' | 'khu_pho' | 'kind';
  readonly value: string;
}

const AUDIENCES: readonly GroupAudience[] = ['residents', 'officers', 'mass-organisations'];

/**
 * Groups that an operator vouches for: active at once. All rows are checked first and nothing is written when one is
 * wrong; importing again changes nothing. An empty neighbourhood means the whole ward, an empty kind residents.
 */
export async function importGroups(
  destinations: DestinationStore,
  plan: Plan,
  rows: readonly GroupRow[],
): Promise<
  | { readonly kind: 'imported'; readonly count: number }
  | { readonly kind: 'problems'; readonly problems: readonly GroupProblem[] }
> {
  const problems = rows.flatMap((row) => problemsOf(row, plan));
  if (problems.length > 0) return { kind: 'problems', problems };
  for (const row of rows) {
    await destinations.upsert({
      kind: 'group',
      chat: { platform: platformOf(row.channel) ?? 'telegram', chatId: chatIdOf(row) },
      title: row.title,
      neighbourhood: row.neighbourhood === '' ? null : row.neighbourhood,
      audience: audienceOf(row.kind) ?? 'residents',
      state: 'active',
    });
  }
  return { kind: 'imported', count: rows.length };
}

const platformOf = (channel: string): Platform | undefined =>
  PLATFORMS.find((platform) => platform === channel);

const audienceOf = (kind: string): GroupAudience | undefined =>
  AUDIENCES.find((audience) => audience === (kind === '' ? 'residents' : kind));

/** Zalo's group ids carry a mark of ours, since users and groups have ids of one shape. */
function chatIdOf(row: GroupRow): string {
  return row.channel === 'zalo' && !row.chatId.startsWith('g:') ? `g:${row.chatId}` : row.chatId;
}

function problemsOf(row: GroupRow, plan: Plan): readonly GroupProblem[] {
  const problems: GroupProblem[] = [];
  if (!platformOf(row.channel)) problems.push({ line: row.line, field: 'channel', value: row.channel });
  if (row.chatId === '') problems.push({ line: row.line, field: 'chat_id', value: row.chatId });
  if (row.neighbourhood !== '' && !plan.neighbourhoods.some((one) => one.id === row.neighbourhood)) {
    problems.push({ line: row.line, field: 'khu_pho', value: row.neighbourhood });
  }
  if (!audienceOf(row.kind)) problems.push({ line: row.line, field: 'kind', value: row.kind });
  return problems;
}
