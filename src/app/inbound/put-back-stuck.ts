import type { ConversationStore, InboxStore, SetAside } from '../ports/stores.ts';

/** Where messages and effects are set aside. */
export interface StuckPorts {
  readonly inbox: Pick<InboxStore, 'setAside' | 'putBack'>;
  readonly conversations: Pick<ConversationStore, 'effectsSetAside' | 'putBackEffect'>;
}

/** More than this at once is an outage to be looked into, not a list to be read. */
const LIST_LIMIT = 1_000;

/** Every message and effect that was set aside after repeated failures, the oldest first. */
export async function listStuck(ports: StuckPorts): Promise<readonly SetAside[]> {
  const [messages, effects] = await Promise.all([
    ports.inbox.setAside(LIST_LIMIT),
    ports.conversations.effectsSetAside(LIST_LIMIT),
  ]);
  return [...messages, ...effects].toSorted((a, b) => a.sinceMs - b.sinceMs);
}

/** Makes it wait again, for any running process to take up. False: nothing by that id is set aside. */
export async function putBackStuck(ports: StuckPorts, id: string): Promise<boolean> {
  return (await ports.inbox.putBack(id)) || (await ports.conversations.putBackEffect(id));
}
