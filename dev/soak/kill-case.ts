import { startServices } from '#dev/services/index.ts';
import { CASE_STEPS, type CaseLife, runCaseLife, wrongIn } from './kill-case-scenario.ts';
import type { Dying } from './dying.ts';

/**
 * `node dev/soak/kill-case.ts [zalo]`: a case from the first words to the rating, again and again, on Telegram unless told;
 * each time the bot dies by `kill -9` at another write of every step, until no step has so many writes; or at those that are named
 * (`after:7 before:3`).
 */

const AT_ONCE = 2;
const MOST_WRITES = 60;
const MOMENTS: readonly Dying['moment'][] = ['after', 'before'];

const wanted = process.argv.slice(2);
const platform = wanted[0] === 'zalo' ? 'zalo' : 'telegram';
const named = wanted.filter((word) => word.includes(':'));

const services = await startServices();
let lives = 0;
const live = (kill: Pick<Dying, 'moment' | 'write'> | null): Promise<CaseLife> => {
  lives += 1;
  return runCaseLife({
    mongodbUri: new URL(`/soak_case_${String(lives)}`, services.mongodbUri).href,
    redisUrl: `${services.redisUrl}/${String(lives % 60)}`,
    ...{ kill, platform },
  });
};

interface Row {
  readonly moment: string;
  readonly write: number;
  readonly kills: number;
  readonly unknown: number;
  readonly wrong: string;
}

type Death = Pick<Dying, 'moment' | 'write'>;

async function rowOf(death: Death, unharmed: CaseLife): Promise<Row> {
  try {
    const life = await live(death);
    const wrong = wrongIn(life, unharmed);
    return { ...death, kills: life.kills, unknown: life.unknownTo.length, wrong: wrong.join('; ') };
  } catch (error) {
    return { ...death, kills: 1, unknown: 0, wrong: error instanceof Error ? error.message : 'failed' };
  }
}

const unharmed = await live(null);
const rows: Row[] = [];

/** Some at once; answers what came of them. */
async function liveThrough(deaths: readonly Death[]): Promise<readonly Row[]> {
  const found = await Promise.all(deaths.map((death) => rowOf(death, unharmed)));
  rows.push(...found);
  for (const row of found) console.log(JSON.stringify(row));
  return found;
}

const deaths = named.map((name): Death => {
  const [moment, write] = name.split(':');
  return { moment: moment === 'before' ? 'before' : 'after', write: Number(write) };
});
for (let first = 0; first < deaths.length; first += AT_ONCE)
  await liveThrough(deaths.slice(first, first + AT_ONCE));
for (const moment of deaths.length > 0 ? [] : MOMENTS) {
  for (let first = 1; first <= MOST_WRITES; first += AT_ONCE) {
    const found = await liveThrough(
      Array.from({ length: AT_ONCE }, (_, n) => ({ moment, write: first + n })),
    );
    if (found.some(({ kills }) => kills === 0)) break;
  }
}
await services.stop();
console.table(rows);
const kills = rows.reduce((sum, row) => sum + row.kills, 0);
const isWell = kills > CASE_STEPS && rows.every(({ wrong }) => wrong === '');
console.log(
  `${String(kills)} kills: ${isWell ? 'no answer lost, no case twice, no message twice' : 'NOT WELL'}`,
);
process.exit(isWell ? 0 : 1);
