import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTelegramGroups, messagesIn, orderBroadcast, untilDone } from '#dev/world/broadcast.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import type { Destination } from '#src/domain/destination.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

/** What Telegram says when nobody is there any more, and what we write down. */
const GONE = [
  [403, 'Forbidden: bot was blocked by the user', 'blocked'],
  [403, 'Forbidden: user is deactivated', 'deactivated'],
  [403, 'Forbidden: bot was kicked from the group chat', 'kicked'],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 'kicked'],
  [403, 'Forbidden: the group chat was deleted', 'not-found'],
  [400, 'Bad Request: chat not found', 'not-found'],
] as const;
/** More than a second of sending, so that a group can become a supergroup while the run is under way. */
const GROUPS = 40;

let world: World;
let groups: readonly Destination[];
let lost: readonly Destination[];

beforeAll(async () => {
  world = await startWorld({
    mongodbUri: freshDatabaseUri(),
    redisUrl: services().redisUrl,
    platforms: ['telegram'],
  });
  groups = await addTelegramGroups(world, GROUPS, 'group');
  lost = groups.slice(0, GONE.length);
  for (const [index, [status, description]] of GONE.entries()) {
    world.sandbox.faults.add({
      platform: 'telegram',
      method: 'sendMessage',
      chatId: lost[index]?.chat.chatId,
      action: { kind: 'status', status, body: { ok: false, error_code: status, description } },
    });
  }
});
afterAll(() => world.stop());

const callsTo = (chatId: string, afterSeq: number) =>
  world.sandbox.journal.count(
    (entry) =>
      entry.kind === 'call' &&
      entry.method.toLowerCase() === 'sendmessage' &&
      entry.chatId === chatId &&
      entry.seq > afterSeq,
  );
const rowsOf = (runId: string): Promise<readonly Delivery[]> =>
  world.runtime.core.store.deliveries.pageOfRun(runId, '', 2 * GROUPS);
const lastSeq = (): number => world.sandbox.journal.entries().at(-1)?.seq ?? 0;
const isLost = (group: Destination): boolean => lost.some(({ id }) => id === group.id);

/** Waits until the run has reached some groups, and makes a supergroup of one that it has not. Answers it with its new id. */
async function migrateOneInMidRun(): Promise<{ readonly group: Destination; readonly toChatId: string }> {
  const { journal, telegram } = world.sandbox;
  const isSend = (entry: { readonly method: string; readonly chatId?: string | undefined }) =>
    entry.method.toLowerCase() === 'sendmessage' && groups.some(({ chat }) => chat.chatId === entry.chatId);
  await journal.waitFor((entry) => entry.kind === 'call' && isSend(entry), { count: 10, timeoutMs: 15_000 });
  const group = groups.find((one) => !isLost(one) && callsTo(one.chat.chatId, 0) === 0);
  if (!group) throw new Error('the run was over before a group could become a supergroup');
  return { group, toChatId: String(telegram.migrate(Number(group.chat.chatId))) };
}

describe('a run over groups that are lost or become supergroups under it', () => {
  it('reaches every other group once, and the supergroup once; what is lost stays lost, and nothing else is', async () => {
    const { store } = world.runtime.core;
    const runId = await orderBroadcast(world);
    const { group: migrated, toChatId } = await migrateOneInMidRun();
    await untilDone(world, runId, 30_000);

    const after = new Map((await store.destinations.list({})).map((one) => [one.id, one]));
    const rows = new Map((await rowsOf(runId)).map((row) => [row.id, row]));
    expect(rows.size).toBe(GROUPS);
    for (const [index, [, , why]] of GONE.entries()) {
      const { id, chat } = lost[index] ?? { id: '', chat: { chatId: '' } };
      expect(rows.get(`${runId}.${id}`)).toMatchObject({ state: 'gone', detail: why, attempts: 1 });
      expect(after.get(id)).toMatchObject({ state: 'unreachable', unreachableWhy: why });
      expect(callsTo(chat.chatId, 0)).toBe(1);
    }
    expect(after.get(migrated.id)).toMatchObject({ state: 'active', chat: { chatId: toChatId } });
    expect(messagesIn(world, migrated)).toBe(0);
    for (const group of groups.filter((one) => !isLost(one))) {
      expect(messagesIn(world, after.get(group.id) ?? group)).toBe(1);
      expect(after.get(group.id)?.state).toBe('active');
    }

    // The ledger's figures are those of the server's own record.
    const counts = await store.deliveries.counts(runId);
    const delivered = world.sandbox.journal.entries(
      (entry) =>
        entry.kind === 'call' &&
        entry.ok &&
        entry.method.toLowerCase() === 'sendmessage' &&
        [...after.values()].some(({ chat }) => chat.chatId === entry.chatId),
    );
    expect(counts).toMatchObject({ sent: GROUPS - GONE.length, gone: GONE.length, unknown: 0, rejected: 0 });
    expect(delivered).toHaveLength(counts.sent);
    expect(await store.channelHealth.isPaused('telegram')).toBe(false);
  });

  it('leaves out from then on whoever is lost, and finds the supergroup under its new id', async () => {
    const seq = lastSeq();
    const runId = await orderBroadcast(world);
    await untilDone(world, runId, 30_000);
    for (const { id, chat } of lost) {
      expect((await rowsOf(runId)).some((row) => row.id === `${runId}.${id}`)).toBe(false);
      expect(callsTo(chat.chatId, seq)).toBe(0);
    }
    const counts = await world.runtime.core.store.deliveries.counts(runId);
    expect(counts).toMatchObject({ sent: GROUPS - GONE.length, gone: 0, unknown: 0, rejected: 0 });
    for (const group of await world.runtime.core.store.destinations.list({ state: 'active' })) {
      expect(messagesIn(world, group)).toBe(2);
    }
  });
});
