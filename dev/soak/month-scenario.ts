import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { openLedger } from '#dev/demo/ledger.ts';
import { MovableClock } from '#dev/sandbox/index.ts';
import type { Someone } from '#dev/world/people.ts';
import { startScript, untilWell } from '#dev/world/process.ts';
import { setStage, type Stage } from '#dev/world/stage.ts';
import type { Duty } from '#src/domain/duty.ts';
import { chatKey, type Platform } from '#src/domain/inbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { type Arrivals, arrived } from './month-arrivals.ts';
import { type LifeFigures, type LifeOptions, liveOn } from './month-life.ts';
import { ZALO_CALLS_A_MINUTE } from './pace.ts';

export interface MonthOptions extends LifeOptions {
  readonly mongodbUri: string;
  /** Of a server that nobody else uses: all of it is flushed. */
  readonly redisUrl: string;
  /** Their contacts are made here. */
  readonly officers: readonly StaffMember[];
  /** As they stand at the first midnight. */
  readonly duties: readonly Duty[];
}

/** Keeps several calls under way at any moment. */
const PLATFORM_DELAY_MS = 150;

/**
 * Some weeks of reminders by a bot and worker in a process of its own, with the clock moved from one due time to the next, the
 * officers answering in their chats, and all of Redis flushed at random moments. What arrived is read from the platforms.
 */
export async function runMonth(options: MonthOptions): Promise<LifeFigures & Arrivals> {
  const clock = new MovableClock();
  clock.setMs(options.fromMs);
  const sandboxOptions = { clock, zalo: { ratePerMinute: ZALO_CALLS_A_MINUTE } };
  const stage = await setStage({ ...options, sandbox: sandboxOptions, runtime: { clock } });
  const redis = new Redis(options.redisUrl);
  await redis.flushall();
  const ledger = await openLedger(options.mongodbUri);
  const people = new Map(
    options.officers.map((one) => [one.id, stage.someone(platformOf(one), one.id)] as const),
  );
  await fill(options, people, stage);
  const script = fileURLToPath(new URL('./clocked-child.ts', import.meta.url));
  const bot = startScript(script, { ...stage.environment, PACE: JSON.stringify(options.pace) });
  try {
    await untilWell(stage.botUrl);
    await stage.connectZalo();
    for (const one of people.values()) one.open();
    const { sandbox } = stage;
    sandbox.faults.add({
      times: Number.MAX_SAFE_INTEGER,
      method: 'sendMessage',
      action: { kind: 'delay', ms: PLATFORM_DELAY_MS },
    });
    const lived = await liveOn({ options, stage, redis, ledger, people });
    return { ...lived, ...(await arrived(stage, ledger, people)) };
  } catch (error) {
    throw new Error(`the bot wrote: ${bot.output().slice(-2_000)}`, { cause: error });
  } finally {
    await bot.stop();
    redis.disconnect();
    await ledger.close();
    await stage.close();
  }
}

/** Who has several duties at once answers under the right one, which Zalo's buttons do not say; of the others each second. */
const platformOf = ({ id, unitId }: StaffMember): Platform =>
  unitId === 'office' || id.endsWith('-b') ? 'telegram' : 'zalo';

/** The officers with their chats and the duties as they stand, in place of those that the import of the plan opened. */
async function fill(
  { mongodbUri, officers, duties }: MonthOptions,
  people: ReadonlyMap<string, Someone>,
  { runtime }: Stage,
): Promise<void> {
  const client = await MongoClient.connect(mongodbUri);
  const rows = officers.map(({ id, ...member }) => {
    const one = people.get(id);
    const contacts = one ? [{ platform: one.platform, chatId: one.chatId }] : [];
    const joined = { codeHash: id, codeExpiresAtMs: 0, joinedFrom: contacts.map(chatKey)[0] ?? null };
    return { _id: id, ...member, ...joined, contacts, contactKeys: contacts.map(chatKey) };
  });
  await client.db().collection<{ _id: string }>('staff').insertMany(rows);
  await client.db().collection('duties').deleteMany({});
  await client.close();
  for (const duty of duties) await runtime.core.store.duties.open(duty);
}
