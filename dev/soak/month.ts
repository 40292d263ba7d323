import { startServices } from '#dev/services/index.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { expectedYear } from '#test/unit/duties/expected-year.ts';
import { liveYear, reactByChance, staffOf, thirtyOfficers } from '#test/unit/duties/year-world.ts';
import { runMonth } from './month-scenario.ts';

/**
 * `node dev/soak/month.ts [seed]`: a month of the simulated year by a real bot at its own pace, with Redis flushed ten times,
 * in figures, beside the list that other code than the scheduler's has worked out.
 */

const YEAR = 2024;
const MONTH = '2024-03';
const fromMs = atLocal(`${MONTH}-01`, '00:00');
const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);

const services = await startServices();
const startedAtMs = performance.now();
const officers = thirtyOfficers(YEAR);
const before = await liveYear({ year: YEAR, untilMs: fromMs });
const { reminders, ...figures } = await runMonth({
  mongodbUri: new URL('/soak_month', services.mongodbUri).href,
  redisUrl: services.redisUrl,
  fromMs,
  untilMs: atLocal('2024-04-01', '00:00'),
  officers: officers.map(staffOf),
  duties: before.duties,
  react: reactByChance,
  flushes: 10,
  seed,
  pace: {},
});
await services.stop();
const expected = expectedYear('plans/bai-chay-2024.yaml', YEAR, officers, reactByChance).filter((line) =>
  line.startsWith(MONTH),
);
const missing = expected.filter((line) => !reminders.includes(line));
const unexpected = reminders.filter((line, at) => !expected.includes(line) || reminders.indexOf(line) !== at);
const minutes = Math.round((performance.now() - startedAtMs) / 6_000) / 10;
console.log({ seed, minutes, reminders: reminders.length, ...figures, missing, unexpected });
const isWell = [missing, unexpected, figures.offTheirRung].every((lines) => lines.length === 0);
console.log(isWell && figures.strays === 0 ? 'the same list' : 'NOT WELL');
process.exit(isWell && figures.strays === 0 ? 0 : 1);
