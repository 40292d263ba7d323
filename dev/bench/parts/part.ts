import type { Figure, PartName } from '../figures.ts';
import { type Platform, type Rules, startPlatform } from '../platform.ts';
import type { ServerRecord } from '../platform-orders.ts';
import type { Peer } from '../peers.ts';
import type { Services } from '../ward.ts';

/** What one part of the benchmark is given. */
export interface PartOptions {
  readonly services: Services;
  /** How many recipients; each part has its own number where nothing is said. */
  readonly chats: number | null;
  /** Who is measured beside us. */
  readonly peers: readonly Peer[];
  readonly say: (line: string) => void;
}

export type Part = (options: PartOptions) => Promise<readonly Figure[]>;
export type Parts = Readonly<Record<PartName, Part>>;

/** Runs on a fresh server with so many groups; answers what it saw in them. */
export async function onPlatform(
  rules: Partial<Rules>,
  chats: number,
  run: (platform: Platform, chatIds: readonly number[]) => Promise<void>,
): Promise<ServerRecord> {
  const platform = await startPlatform(rules);
  try {
    const chatIds = await platform.addGroups(chats);
    await run(platform, chatIds);
    return await platform.record(chatIds);
  } finally {
    await platform.stop();
  }
}
