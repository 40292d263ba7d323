import { afterAll, beforeAll, expect, it } from 'vitest';
import { runMonth } from '#dev/soak/month-scenario.ts';
import { type OwnServices, startOwnServices } from '#dev/world/own-services.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { expectedYear } from '#test/unit/duties/expected-year.ts';
import { liveYear, reactByChance, staffOf, thirtyOfficers } from '#test/unit/duties/year-world.ts';

/** The two weeks of 2024 in which most reminders go out; `npm run soak:month` lives a month, with ten flushes, at the bot's own pace. */
const FROM = '2024-03-15';
const UNTIL = '2024-03-29';
const FLUSHES = 5;
/** Looks more often than in production, so that it takes no minute. */
const EVERY_MS = 500;

let services: OwnServices;
beforeAll(async () => {
  services = await startOwnServices();
});
afterAll(() => services.close());

it('two weeks of the simulated year by a real bot, with Redis flushed again and again: the same reminders, minutes and people', async () => {
  const fromMs = atLocal(FROM, '00:00');
  const officers = thirtyOfficers(2024);
  const { duties } = await liveYear({ year: 2024, untilMs: fromMs });
  const month = await runMonth({
    mongodbUri: new URL('/month', services.mongodbUri).href,
    redisUrl: services.redisUrl,
    fromMs,
    untilMs: atLocal(UNTIL, '00:00'),
    officers: officers.map(staffOf),
    duties,
    react: reactByChance,
    flushes: FLUSHES,
    seed: 20_240_318,
    pace: { everyMs: EVERY_MS },
  });
  const expected = expectedYear('plans/bai-chay-2024.yaml', 2024, officers, reactByChance);
  const within = expected.filter((line) => line >= FROM && line < UNTIL);
  expect(month.reminders).toEqual(within);
  expect(month.reminders.length).toBeGreaterThan(20);
  expect(month).toMatchObject({ offTheirRung: [], strays: 0, flushes: FLUSHES });
  expect(month.flushesUnderWay).toBeGreaterThanOrEqual(FLUSHES / 2);
});
