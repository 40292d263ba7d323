import type { CensusRow, Destination } from '../destination.ts';
import type { Plan, TopicChannel } from '../plan.ts';
import type { Audience } from '../run.ts';

/** What decides whether a destination gets a run. A census counts destinations that are alike in this. */
export interface Recipient extends Pick<Destination, 'kind' | 'neighbourhood' | 'audience'> {
  readonly chat: Pick<Destination['chat'], 'platform'>;
}

/** What a run or a draft says about where it goes. */
export interface Addressed {
  readonly topicId: string;
  readonly audience: Audience;
}

/** The channel through which a destination hears: its platform, or the person who passes the post on. */
export function channelOf({ kind, chat }: Pick<Recipient, 'kind' | 'chat'>): TopicChannel {
  return kind === 'group' || kind === 'subscriber' ? chat.platform : kind;
}

/**
 * Does this destination get this run? The one answer for fan-out, preview and counting. The topic's own channels always
 * hold; a topic that the plan does not know goes everywhere. A post for some neighbourhoods stays out of what belongs to
 * the whole ward, but not from a subscriber who asked for everything. Heads, loudspeakers and subscribers are of the
 * residents.
 */
export function getsRun(plan: Plan, { topicId, audience }: Addressed, destination: Recipient): boolean {
  const channel = channelOf(destination);
  const topic = plan.topics.find((one) => one.id === topicId);
  if (topic && !topic.channels.includes(channel)) return false;
  if (!includes(audience.channels, channel)) return false;
  if (!includes(audience.groups, destination.audience ?? 'residents')) return false;
  if (audience.neighbourhoods === null) return true;
  const { kind, neighbourhood } = destination;
  return neighbourhood === null ? kind === 'subscriber' : audience.neighbourhoods.includes(neighbourhood);
}

const includes = <T>(chosen: readonly T[] | null, one: T): boolean => chosen === null || chosen.includes(one);

/** How editors and approvers count recipients. */
export const RECIPIENT_KINDS = [
  'telegram-groups',
  'zalo-groups',
  'heads',
  'loudspeakers',
  'subscribers',
] as const;
export type RecipientCounts = Readonly<Record<(typeof RECIPIENT_KINDS)[number], number>>;

/** How many active destinations of each kind a run would go to now. */
export function countRecipients(
  plan: Plan,
  addressed: Addressed,
  census: readonly CensusRow[],
): RecipientCounts {
  const counts = { 'telegram-groups': 0, 'zalo-groups': 0, heads: 0, loudspeakers: 0, subscribers: 0 };
  for (const row of census) {
    if (row.state === 'active' && getsRun(plan, addressed, row)) counts[recipientKind(row)] += row.count;
  }
  return counts;
}

export function totalRecipients(counts: RecipientCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function recipientKind({ kind, chat }: Recipient): keyof RecipientCounts {
  switch (kind) {
    case 'group':
      return chat.platform === 'telegram' ? 'telegram-groups' : 'zalo-groups';
    case 'relay':
      return 'heads';
    case 'loudspeaker':
      return 'loudspeakers';
    case 'subscriber':
      return 'subscribers';
  }
}
