import type { ChatRef } from './inbound.ts';

/** Who stands behind a destination: a group of residents, a neighbourhood head who forwards, the loudspeaker operator. */
export type DestinationKind = 'group' | 'relay' | 'loudspeaker';

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
}
