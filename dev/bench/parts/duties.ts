import { MongoClient } from 'mongodb';
import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import { figures, type Figure, OURS } from '../figures.ts';
import { startPlatform } from '../platform.ts';
import { joinStaff, openWard, type Ward } from '../ward.ts';
import type { Part } from './part.ts';

const DUTIES = 100_000;
/** What the growth is held against. */
const FEW = 1_000;
const DUE = 100;
const IDLE_TICKS = 50;
const INSERT_BATCH = 5_000;
const RUNGS = 14;
/** Among whom the hundred are shared: one message each. */
const OFFICERS = 30;

/** What a look for due reminders costs among very many duties: where nothing is due, and where a hundred are. */
export const dutiesPart: Part = async ({ services, chats, say }) => {
  const count = chats ?? DUTIES;
  const platform = await startPlatform({});
  const ward = await openWard(services, platform);
  const client = await MongoClient.connect(ward.databaseUri);
  try {
    const all: Figure[] = [];
    let added = 0;
    for (const { round, size, name } of [
      { round: 1, size: Math.min(FEW, count), name: 'Few' },
      { round: 2, size: count, name: '' },
    ]) {
      // Others each time: a second message of a day is another case.
      const officerIds = await joinOfficers(ward, round);
      await addDuties(client, officerIds, added, size);
      added = size;
      // Opens the day's duties and fills the caches.
      await tick(ward);
      const idle = await times(IDLE_TICKS, () => tick(ward));
      await makeDue(client, officerIds);
      const [hundredMs = Infinity] = await times(1, () => tick(ward));
      say(`duties: ${OURS}, ${String(size)} open`);
      all.push(
        ...figures('duties', OURS, [
          {
            figure: `tickOfNothing${name}`,
            value: idle[Math.floor(idle.length / 2)] ?? Infinity,
            unit: 'ms',
          },
          {
            figure: `tickOfNothingP95${name}`,
            value: idle[Math.floor(idle.length * 0.95)] ?? Infinity,
            unit: 'ms',
          },
          { figure: `tickOfAHundred${name}`, value: hundredMs, unit: 'ms' },
          { figure: `remindersOfAHundred${name}`, value: await countReminders(client), unit: '' },
        ]),
      );
    }
    return all;
  } finally {
    await client.close();
    await ward.close();
    await platform.stop();
  }
};

async function joinOfficers(ward: Ward, round: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = 0; n < OFFICERS; n += 1) {
    const chatId = String(1_000 * round + n);
    ids.push(await joinStaff(ward.runtime, 'handler', 'office', { platform: 'telegram', chatId }));
  }
  return ids;
}

const never = new AbortController().signal;
const tick = (ward: Ward): Promise<unknown> => ward.runtime.jobPorts.tickDuties(never);

/** How long each took, the quickest first. */
async function times(count: number, run: () => Promise<unknown>): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const startedAtMs = performance.now();
    await run();
    taken.push(performance.now() - startedAtMs);
  }
  return taken.toSorted((a, b) => a - b);
}

const rowsOf = (client: MongoClient, name: string) => client.db().collection<{ _id: string }>(name);

/** Straight into the collection, with their reminders weeks ahead. */
async function addDuties(
  client: MongoClient,
  officerIds: readonly string[],
  from: number,
  to: number,
): Promise<void> {
  const nowMs = Date.now();
  for (let first = from; first < to; first += INSERT_BATCH) {
    const length = Math.min(INSERT_BATCH, to - first);
    const rows = Array.from({ length }, (_, n) =>
      dutyRow(first + n, officerIds[(first + n) % OFFICERS] ?? '', nowMs),
    );
    await rowsOf(client, 'duties').insertMany(rows, { ordered: false });
  }
}

function dutyRow(
  n: number,
  officerId: string,
  nowMs: number,
): { _id: string } & Readonly<Record<string, unknown>> {
  const nextAtMs = nowMs + (30 + (n % 300)) * DAY_MS;
  return {
    _id: `BENCH.${String(n)}`,
    ruleId: 'BENCH',
    kind: 'report',
    title: `Báo cáo ${String(n)}`,
    recipient: 'UBND tỉnh',
    ...{ responsibleId: officerId, headId: officerId, chairpersonId: officerId, unitId: 'office' },
    dueAtMs: nextAtMs + 14 * DAY_MS,
    targetDate: '2027-01-15',
    rungs: Array.from({ length: RUNGS }, (__, index) => ({
      index,
      kind: 'remind',
      atMs: nextAtMs + index * DAY_MS,
    })),
    ...{
      nextRung: 0,
      nextAtMs,
      state: 'open',
      acknowledgedAtMs: null,
      snoozedUntilMs: null,
      proof: null,
      rev: 1,
    },
    history: [{ atMs: nowMs, by: 'system', action: 'opened' }],
  };
}

/** The next hundred have their first rung now, and are these people's. */
async function makeDue(client: MongoClient, officerIds: readonly string[]): Promise<void> {
  const nowMs = Date.now() - 1;
  const duties = rowsOf(client, 'duties');
  const open = await duties
    .find({ ruleId: 'BENCH', nextRung: 0 }, { projection: { _id: 1 } })
    .limit(DUE)
    .toArray();
  const ids = open.map(({ _id }) => _id).sort();
  await duties.bulkWrite(
    ids.map((_id, n) => {
      const officerId = officerIds[n % OFFICERS] ?? '';
      const theirs = { responsibleId: officerId, headId: officerId, chairpersonId: officerId };
      return {
        updateOne: {
          filter: { _id },
          update: { $set: { ...theirs, nextAtMs: nowMs, 'rungs.0.atMs': nowMs } },
        },
      };
    }),
  );
}

const countReminders = (client: MongoClient): Promise<number> =>
  client.db().collection('duties').countDocuments({ ruleId: 'BENCH', 'history.action': 'reminded' });
