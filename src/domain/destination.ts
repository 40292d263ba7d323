import type { ChatRef } from './inbound.ts';

/**
 * Who stands behind a destination: a group, a neighbourhood head who forwards, the loudspeaker operator, a resident who
 * asked for the posts in private.
 */
export const DESTINATION_KINDS = ['group', 'relay', 'loudspeaker', 'subscriber'] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

export const GROUP_AUDIENCES = ['residents', 'officers', 'mass-organisations'] as const;
export type GroupAudience = (typeof GROUP_AUDIENCES)[number];

/** Where broadcasts go. The id is ours and never changes; the chat behind it may (supergroup migration). */
export interface Destination {
  readonly id: string;
  readonly kind: DestinationKind;
  readonly chat: ChatRef;
  readonly title: string;
  readonly neighbourhood: string | null;
  readonly audience: GroupAudience | null;
  /** `waiting`: the bot was added, an admin has not confirmed the group yet. */
  readonly state: 'waiting' | 'active' | 'unreachable';
  readonly unreachableWhy?: string;
  /** Set for relay and loudspeaker: the staff member behind the chat. */
  readonly staffId?: string;
  /** A Telegram group that keeps its talk in topics. */
  readonly hasTopics?: true;
  /** The topic of a Telegram forum that the admin chose; posts go into the general one where there is none. */
  readonly threadId?: string;
  /** Set for subscribers: which text they agreed to, and when. */
  readonly consent?: Consent;
}

export interface Consent {
  readonly version: string;
  readonly atMs: number;
}

/** Destinations that are alike, and how many there are. */
export interface CensusRow extends Pick<Destination, 'kind' | 'neighbourhood' | 'audience' | 'state'> {
  readonly chat: Pick<ChatRef, 'platform'>;
  readonly count: number;
}
