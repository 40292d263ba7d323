import { afterAll, beforeAll, expect, it } from 'vitest';
import { runMonth } from '#dev/soak/month-scenario.ts';
import { type OwnServices, startOwnServices } from '#dev/world/own-services.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { expectedYear } from '#test/unit/duties/expected-year.ts';
import { liveYear, reactByChance, staffOf, thirtyOfficers } from '#test/unit/duties/year-world.ts';

/** Of 2024 the one in which most reminders go out. */
const MONTH = '2024-03';
const FLUSHES = 10;
/** Looks more often than in production, so that it takes a minute; `npm run soak:month` keeps to the bot's own pace. */
const EVERY_MS = 500;

let services: OwnServices;
beforeAll(async () => {
  services = await startOwnServices();
});
afterAll(() => services.close());

it('a month of the simulated year by a real bot, with Redis flushed ten times: the same reminders, minutes and people', async () => {
  const fromMs = atLocal(`${MONTH}-01`, '00:00');
  const officers = thirtyOfficers(2024);
  const { duties } = await liveYear({ year: 2024, untilMs: fromMs });
  const month = await runMonth({
    mongodbUri: new URL('/month', services.mongodbUri).href,
    redisUrl: services.redisUrl,
    fromMs,
    untilMs: atLocal('2024-04-01', '00:00'),
    officers: officers.map(staffOf),
    duties,
    react: reactByChance,
    flushes: FLUSHES,
    seed: 20_240_318,
    pace: { everyMs: EVERY_MS },
  });
  const expected = expectedYear('plans/bai-chay-2024.yaml', 2024, officers, reactByChance);
  expect(month.reminders).toEqual(expected.filter((line) => line.startsWith(MONTH)));
  expect(month.reminders.length).toBeGreaterThan(50);
  expect(month).toMatchObject({ offTheirRung: [], strays: 0, flushes: FLUSHES });
  expect(month.flushesUnderWay).toBeGreaterThanOrEqual(FLUSHES / 2);
});
