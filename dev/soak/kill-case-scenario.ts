import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { type Db, MongoClient } from 'mongodb';
import type { Someone } from '#dev/world/people.ts';
import { type LiveProcess, startScript, untilWell } from '#dev/world/process.ts';
import { runOutLeases, setStage, type Stage } from '#dev/world/stage.ts';
import { joinByCode } from '#dev/world/world.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import type { ChatRef, Platform } from '#src/domain/inbound.ts';
import { ARMED, type Dying } from './dying.ts';

export interface CaseKillOptions {
  readonly mongodbUri: string;
  /** With a database number that nobody else uses. */
  readonly redisUrl: string;
  /** In each step the process dies there once; nowhere where null. */
  readonly kill: Pick<Dying, 'moment' | 'write'> | null;
  /** On which all three are. */
  readonly platform: Platform;
  /** So many steps of the life of a case; all unless told. */
  readonly steps?: number;
}

/** What a life of a case came to. */
export interface CaseLife {
  readonly kills: number;
  /** What each person read, in order; times of day and codes are left out. */
  readonly heard: Readonly<Record<string, readonly string[]>>;
  /** Messages of which the ledger does not know whether they arrived: to whom. */
  readonly unknownTo: readonly string[];
  /** The resident's cases, with what was written down, and every act on them. */
  readonly cases: readonly { readonly words: string; readonly acts: readonly string[] }[];
}

const UNIT = 'urban-environment';
const MORNING = atLocal('2024-03-18', '08:30');
const QUIET_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 40;
/** What a process had asked the database for as it died may be done after its leases were ended here. */
const LEASES_AGAIN_MS = 20_000;
/** Zalo's waits between attempts are half a minute to an hour. */
const ZALO_RETRY_SCALE = 0.005;
/** Here it is not the limits that are looked at. */
const ZALO_CALLS_PER_MINUTE = 1_000;
/** After this long what is still pending waits for the end of a form. */
const HELD_AFTER_MS = 15_000;

/** Who says what. Labels and not numbers: a number would mean the question that is asked where a message may not have arrived. */
const LIFE: readonly (readonly [who: 'tu' | 'dung' | 'phu', words: string])[] = [
  ['tu', 'đèn đường hỏng rồi cháu ơi'],
  ['tu', 'Tổ 5 Khu 3, đầu ngõ 12'],
  ['tu', '0912 345 678'],
  ['tu', 'Đồng ý và gửi'],
  ['dung', 'Nhận việc'],
  ['dung', 'Hỏi thêm'],
  ['dung', 'Cột đèn số mấy ạ?'],
  ['dung', 'Gửi'],
  ['tu', 'cột số 7 cháu ạ'],
  ['tu', 'Đúng, gửi đi'],
  ['dung', 'Báo đã xong'],
  ['dung', 'Tổ điện đã thay bóng đèn.'],
  ['dung', 'số 45/BC-UBND'],
  ['dung', 'Gửi'],
  ['tu', 'vẫn hỏng'],
  ['tu', 'tối qua đèn lại tắt'],
  ['phu', 'Làm tiếp'],
  ['phu', 'Báo đã xong'],
  ['phu', 'Đã thay cả chấn lưu, đèn sáng ổn định.'],
  ['phu', 'số 46/BC-UBND'],
  ['phu', 'Gửi'],
  ['tu', 'đã sáng rồi'],
];
export const CASE_STEPS = LIFE.length;
/** The form of the resident, up to the case. */
export const FORM_STEPS = 4;

/** A case from a resident's first words to the rating, told step by step to one bot that is killed and started again. */
export async function runCaseLife(options: CaseKillOptions): Promise<CaseLife> {
  const { mongodbUri, redisUrl, platform } = options;
  const sandbox = { zalo: { retryScale: ZALO_RETRY_SCALE, ratePerMinute: ZALO_CALLS_PER_MINUTE } };
  const stage = await setStage({ mongodbUri, redisUrl, sandbox });
  const client = await MongoClient.connect(options.mongodbUri);
  const redis = new Redis(options.redisUrl);
  await redis.flushdb();
  const bot = createMortalBot(stage, redis, options.kill);
  try {
    const tu = stage.someone(platform, 'Bà Tư');
    const dung = stage.someone(platform, 'Nguyễn Văn Dũng');
    const phu = stage.someone(platform, 'Trần Văn Phụ');
    await bot.start();
    await stage.connectZalo();
    for (const [who, role] of [[dung, 'handler'] as const, [phu, 'leader'] as const]) {
      await joinByCode(stage.runtime, who, {
        roles: [role],
        unitId: UNIT,
        neighbourhood: null,
        address: 'anh',
      });
    }
    tu.open();
    await tu.hear('Kính chào ông/bà');
    const people = { tu, dung, phu };
    for (const [who, words] of LIFE.slice(0, options.steps)) {
      await untilQuiet(stage, client.db(), bot);
      await bot.arm();
      people[who].say(words);
      await untilQuiet(stage, client.db(), bot);
    }
    return await lifeOf(stage, client.db(), people, { platform, chatId: tu.chatId }, bot.kills());
  } finally {
    await bot.stop();
    redis.disconnect();
    await client.close();
    await stage.close();
  }
}

interface MortalBot {
  start(): Promise<void>;
  /** From now on its writes are counted. */
  arm(): Promise<void>;
  /** Starts it again if it died; answers whether it had. */
  raise(): Promise<boolean>;
  kills(): number;
  stop(): Promise<void>;
}

function createMortalBot(stage: Stage, redis: Redis, kill: CaseKillOptions['kill']): MortalBot {
  const dying: Dying = {
    ...(kill ?? { moment: 'after', write: 0 }),
    clockOffsetMs: MORNING - Date.now(),
  };
  const script = fileURLToPath(new URL('./dying-child.ts', import.meta.url));
  const environment = { ...stage.environment, DYING: JSON.stringify(dying) };
  let child: LiveProcess | null = null;
  let kills = 0;
  const start = async (): Promise<void> => {
    child = startScript(script, environment);
    await untilWell(stage.botUrl);
  };
  const raise = async (): Promise<boolean> => {
    if (child?.isRunning()) return false;
    kills += 1;
    // Redis is only what makes things move: without it nobody waits for the locks of the dead.
    await redis.flushdb();
    await runOutLeases(stage);
    await start();
    return true;
  };
  return {
    start,
    raise,
    async arm() {
      if (!kill) return;
      // It may die while it is told: of what the step before left to count.
      for (let isArmed = false; !isArmed;) {
        await raise();
        isArmed = child !== null && (await armed(child));
      }
    },
    kills: () => kills,
    async stop() {
      await child?.kill();
    },
  };
}

/** False: it died. */
async function armed(child: LiveProcess): Promise<boolean> {
  const before = lastArming(child);
  process.kill(child.pid, 'SIGUSR2');
  while (lastArming(child) === before) {
    if (!child.isRunning()) return false;
    await delay(LOOK_EVERY_MS);
  }
  return true;
}

/** By its number: of what it wrote long ago nothing is kept. */
const lastArming = (child: LiveProcess): string =>
  [...child.output().matchAll(new RegExp(`${ARMED} (\\d+)`, 'gu'))].at(-1)?.[1] ?? '';

/** Nothing that was said or is to be said is under way. */
async function untilQuiet(stage: Stage, db: Db, bot: MortalBot): Promise<void> {
  const startedAtMs = performance.now();
  let leasesEndedAtMs = startedAtMs;
  for (let quiet = 0; quiet < 3;) {
    await delay(LOOK_EVERY_MS);
    if (await bot.raise()) quiet = 0;
    const nowMs = performance.now();
    const states = ['leased', 'sending', ...(nowMs - startedAtMs > HELD_AFTER_MS ? [] : ['pending'])];
    const underWay = await countUnderWay(stage, db, states);
    quiet = underWay.every((count) => count === 0) ? quiet + 1 : 0;
    if (nowMs - startedAtMs > QUIET_TIMEOUT_MS) {
      throw new Error(`updates, inbox, effects, messages never ended: ${underWay.join(', ')}`);
    }
    if (nowMs - leasesEndedAtMs < LEASES_AGAIN_MS) continue;
    leasesEndedAtMs = nowMs;
    await runOutLeases(stage);
  }
}

async function countUnderWay(
  { sandbox }: Stage,
  db: Db,
  states: readonly string[],
): Promise<readonly number[]> {
  const open = { state: { $in: [...states] }, dueAtMs: { $lte: MORNING + 3_600_000 } };
  const counts = await Promise.all([
    db.collection('inbox').countDocuments({ state: 'waiting' }),
    db.collection('conversations').countDocuments({ waiting: { $gt: 0 } }),
    db.collection('deliveries').countDocuments(open),
  ]);
  return [sandbox.telegram.pendingUpdates() + sandbox.zalo.pendingEvents(), ...counts];
}

async function lifeOf(
  stage: Stage,
  db: Db,
  people: Readonly<Record<string, Someone>>,
  resident: ChatRef,
  kills: number,
): Promise<CaseLife> {
  const own = await stage.runtime.core.store.cases.ofResident(resident, 10);
  const unknown = await db.collection('deliveries').find({ state: 'unknown' }).toArray();
  return {
    kills,
    heard: Object.fromEntries(
      Object.entries(people).map(([name, one]) => [name, one.heard().map(comparable)]),
    ),
    unknownTo: unknown.map((row) => String((row['target'] as { chat?: { chatId?: string } }).chat?.chatId)),
    cases: own.map(({ text, place, phone, history }) => ({
      words: [text, place.text, phone].join(' | '),
      acts: history.map(({ action, detail }) => [action, detail].filter(Boolean).join(': ')),
    })),
  };
}

/** A number whose answer got lost is skipped and never given twice, so that codes differ. */
const CODE = /\d+-\d{4}(?: \([^)]*\))?/gu;
const TIME = /\d+ giờ(?: \d+)?|\d{1,2}:\d{2}/gu;

const comparable = (text: string): string => text.replaceAll(CODE, '#').replaceAll(TIME, '…');

/**
 * What is wrong with a life in which the bot died, beside one in which it did not: words or acts lost or doubled, a message
 * that came twice, or one that did not come although the ledger does not say that it may not have.
 */
export function wrongIn(life: CaseLife, unharmed: CaseLife): readonly string[] {
  const wrong: string[] = [];
  if (JSON.stringify(life.cases) !== JSON.stringify(unharmed.cases)) {
    wrong.push(`the case is another: ${JSON.stringify(life.cases)}`);
  }
  let missing = 0;
  for (const [name, wanted] of Object.entries(unharmed.heard)) {
    const heard = life.heard[name] ?? [];
    for (const text of new Set([...wanted, ...heard])) {
      const more = countOf(heard, text) - countOf(wanted, text);
      // What asks about a message whose end is not known is heard by nobody else.
      if (more > 0 && life.unknownTo.length === 0) wrong.push(`${name} read once more: ${text}`);
      if (more > 0 && countOf(wanted, text) > 0) wrong.push(`${name} read twice: ${text}`);
      if (more < 0) missing -= more;
    }
  }
  if (missing > life.unknownTo.length) {
    wrong.push(`${String(missing)} messages are missing, ${String(life.unknownTo.length)} are unknown`);
  }
  return wrong;
}

const countOf = (texts: readonly string[], text: string): number =>
  texts.filter((one) => one === text).length;
