import { expect, it } from 'vitest';
import { runKill } from '#dev/soak/kill-scenario.ts';
import { freshDatabaseUri, redisDatabase } from '#test/support/services.ts';

/** Calls under way, and as many whose answers were just being stored. */
const MAX_IN_FLIGHT = 2 * 32;

it('a worker killed at a random moment of a broadcast sends nothing twice and loses nothing: what was in flight is unknown', async () => {
  const rounds = [31, 32, 33].map((database) =>
    runKill({
      mongodbUri: freshDatabaseUri(),
      redisUrl: redisDatabase(database),
      chats: 100,
      areLeasesCutShort: true,
    }),
  );
  for (const figures of await Promise.all(rounds)) {
    expect(figures).toMatchObject({ withTwoOrMore: 0, lost: 0 });
    expect(figures.unknown).toBeLessThanOrEqual(figures.inFlight);
    expect(figures.inFlight).toBeLessThanOrEqual(MAX_IN_FLIGHT);
  }
});
