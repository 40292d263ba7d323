import { afterAll, beforeAll } from 'vitest';
import { MovableClock } from '#dev/sandbox/index.ts';
import type { Someone } from '#dev/world/people.ts';
import { startWorld, type World, type WorldOptions } from '#dev/world/world.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { freshDatabaseUri, services } from './services.ts';

/** A world of this file's own, whose clock stands at a time of the ward until the test moves it. */
export function useWorldAt(
  date: string,
  time: string,
  options: Pick<WorldOptions, 'platforms' | 'prepare'> = {},
): { readonly clock: MovableClock; readonly world: () => World } {
  const clock = new MovableClock();
  clock.setMs(atLocal(date, time));
  let world: World;
  beforeAll(async () => {
    const own = { mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl, clock };
    world = await startWorld({ ...own, ...options });
  });
  afterAll(() => world.stop());
  return { clock, world: () => world };
}

/** An editor writes a post on a topic, up to what the form asks after its words. */
export async function writePost(editor: Someone, words: string, topic = 'TT-01'): Promise<void> {
  editor.say('đăng tin');
  await editor.hear('Bước 1/3');
  editor.say(topic);
  await editor.hear('Bước 2/3');
  editor.say(words);
}
