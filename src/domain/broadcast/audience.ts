import type { Destination } from '../destination.ts';
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
  return kind === 'group' ? chat.platform : kind;
}

/**
 * Does this destination get this run? The one answer for fan-out, preview and counting. The topic's own channels always
 * hold; a topic that the plan does not know goes everywhere. A post for some neighbourhoods stays out of what belongs to
 * the whole ward. Heads and loudspeakers speak to residents.
 */
export function getsRun(plan: Plan, { topicId, audience }: Addressed, destination: Recipient): boolean {
  const channel = channelOf(destination);
  const topic = plan.topics.find((one) => one.id === topicId);
  if (topic && !topic.channels.includes(channel)) return false;
  if (!includes(audience.channels, channel)) return false;
  if (!includes(audience.groups, destination.audience ?? 'residents')) return false;
  return audience.neighbourhoods === null || isIn(audience.neighbourhoods, destination.neighbourhood);
}

const includes = <T>(chosen: readonly T[] | null, one: T): boolean => chosen === null || chosen.includes(one);

const isIn = (neighbourhoods: readonly string[], one: string | null): boolean =>
  one !== null && neighbourhoods.includes(one);
