import type { App } from '../app.ts';
import { announceGroup } from './announce-group.ts';

export interface ListedGroup {
  /** With our mark: `g:<group id>`. */
  readonly chatId: string;
  readonly title: string;
}

/** Groups that the OA owns and we do not know yet wait for an admin's word, like a Telegram group the bot was added to. */
export async function takeInZaloGroups(
  app: App,
  listed: readonly ListedGroup[],
): Promise<{ readonly added: number }> {
  let added = 0;
  for (const { chatId, title } of listed) {
    const chat = { platform: 'zalo' as const, chatId };
    const group = await app.destinations.register({
      kind: 'group',
      chat,
      title,
      neighbourhood: null,
      audience: null,
      state: 'waiting',
    });
    if (!group) continue;
    added += 1;
    await announceGroup(app, group);
  }
  return { added };
}
