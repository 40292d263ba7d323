import { expect, it } from 'vitest';
import { FORM_STEPS, runCaseLife, wrongIn } from '#dev/soak/kill-case-scenario.ts';
import { freshDatabaseUri, redisDatabase } from '#test/support/services.ts';

/** `npm run soak:case` dies at every write of every step up to the second rating. */
it('a bot that dies by kill -9 in each step of a form loses no answer, makes one case and says nothing twice', async () => {
  const live = (database: number, write: number | null) =>
    runCaseLife({
      mongodbUri: freshDatabaseUri(),
      redisUrl: redisDatabase(database),
      kill: write === null ? null : { moment: 'after', write },
      ...{ platform: 'telegram', steps: FORM_STEPS },
    });
  const [unharmed, life] = await Promise.all([live(38, null), live(39, 4)]);
  expect(life.kills).toBeGreaterThan(0);
  expect(wrongIn(life, unharmed)).toEqual([]);
});
