import { createLetters } from '#src/reports/blank-letter.ts';
import { createPapers } from '#src/reports/papers.ts';
import { createCategorySearch } from '#src/search/category-search.ts';
import type { App } from '#src/app/app.ts';
import type { Wake } from '#src/app/ports/services.ts';
import { recurrence } from '#src/calendar/recurrence.ts';
import { handleInbox } from '#src/app/inbound/handle-inbox.ts';
import type { Effect, StoredEffect } from '#src/domain/conversation/types.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import { chatKey, type ChatRef, type InboundContent, type InboundEvent } from '#src/domain/inbound.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import type { Role, StaffMember } from '#src/domain/staff.ts';
import { loadTexts } from '#src/i18n/texts.ts';
import { plan, posts } from '#test/support/conversation.ts';
import { FakeChannel } from '#test/support/fake-channel.ts';
import { memoryStores } from '#test/support/memory-stores.ts';

const texts = await loadTexts('vi');
const MONDAY_AT_TEN_MS = Date.UTC(2024, 2, 18, 3, 0);

/** The use cases on stores in memory: no database, no Redis, a clock that stands still until it is moved. */
export async function createAppWorld() {
  const stores = memoryStores();
  await stores.plans.import(plan, posts, 0);
  const time = { nowMs: MONDAY_AT_TEN_MS };
  const channel = new FakeChannel('telegram');
  const rows: Delivery[] = [];
  const alerts: { readonly kind: string; readonly params: Readonly<Record<string, string | number>> }[] = [];
  const logged: string[] = [];
  const wake: { lane: Wake['lane'] } = { lane: () => Promise.resolve() };
  const log = (fields: Readonly<Record<string, unknown>>, message: string) => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  let joined = 0;
  let events = 0;

  const app: App = {
    ...stores,
    letters: createLetters(),
    sheets: {
      drawScript: () => Promise.resolve([]),
      drawPoster: () => Promise.resolve(new Uint8Array([3])),
      drawYear: () => Promise.resolve(new Uint8Array([4])),
    },
    papers: createPapers(),
    draw: { below: () => 0 },
    deliveries: {
      ...stores.deliveries,
      async insert(added) {
        for (const row of added) if (!rows.some(({ id }) => id === row.id)) rows.push(row);
        return stores.deliveries.insert(added);
      },
    },
    channels: { telegram: channel },
    clock: { nowMs: () => time.nowMs },
    tokens: { next: () => 'token', code: () => 'ABCD-EFGH' },
    texts,
    pictures: { fitPhoto: (file) => Promise.resolve(file) },
    categorySearch: createCategorySearch(),
    documents: { readWords: () => Promise.resolve({ kind: 'refused', why: 'empty' }) },
    wake: {
      lane: (platform, lane) => wake.lane(platform, lane),
      inbox: () => Promise.resolve(),
      effects: () => Promise.resolve(),
    },
    alerts: {
      raise: (kind, params = {}) => {
        alerts.push({ kind, params });
        return Promise.resolve();
      },
    },
    log: { info: log, warn: log, error: log },
    calendar: {
      holidays: new Set(),
      workingSaturdays: new Set(),
      weekdays: plan.ward.officeHours.weekdays,
      hours: plan.ward.officeHours.periods,
      knownYears: new Set(),
    },
    recurrence,
    hash: (words) => `hash ${words}`,
    dueAtMs: (_ruleId, fromMs) => Promise.resolve(fromMs + 7 * 24 * 3_600_000),
  };

  const chatOf = (chatId: string): ChatRef => ({ platform: 'telegram', chatId });

  /** Commits effects as a step would have; answers their ids. */
  async function commit(chatId: string, ...effects: readonly Effect[]): Promise<readonly string[]> {
    const chat = chatOf(chatId);
    const before = (await app.conversations.load(chatKey(chat))) ?? newConversation(chat, time.nowMs);
    const rev = before.rev + 1;
    const stored = effects.map((effect, index): StoredEffect => ({
      id: `${before.key}.${String(rev)}.${String(index)}`,
      effect,
    }));
    await app.conversations.save({ ...before, rev, effects: [...before.effects, ...stored] }, before.rev);
    return stored.map(({ id }) => id);
  }

  return {
    app,
    stores,
    time,
    channel,
    rows,
    alerts,
    logged,
    wake,
    chatOf,
    commit,
    /** A member of staff in a chat of the same name. */
    async join(chatId: string, roles: readonly Role[], unitId: string): Promise<StaffMember> {
      joined += 1;
      const code = `CODE-${String(joined)}`;
      const invited = { name: `Nguyễn Văn ${chatId}`, address: 'anh', roles, unitId, neighbourhood: null };
      await app.staff.invite(invited, code, Infinity);
      const answer = await app.staff.join(code, chatOf(chatId), time.nowMs);
      if (answer.kind !== 'joined') throw new Error(answer.kind);
      return answer.member;
    },
    /** One update, made durable; `handle` works it off. */
    async receive(chatId: string, content: InboundContent, kind: 'private' | 'group' = 'private') {
      events += 1;
      const event: InboundEvent = {
        platform: 'telegram',
        eventId: `e${String(events)}`,
        order: String(events).padStart(6, '0'),
        chat: { id: chatId, kind },
        sender: { id: '7', name: 'Bà Tư' },
        sentAtMs: time.nowMs,
        content,
      };
      await app.inbox.add(event);
    },
    handle: (chatId: string) => handleInbox(app, chatKey(chatOf(chatId))),
    /** Texts queued to a chat, oldest first. */
    toldTo: (chatId: string): readonly string[] =>
      rows
        .filter((row) => row.target.kind === 'chat' && row.target.chat.chatId === chatId)
        .map((row) => row.message?.text ?? ''),
    promptsTo: (chatId: string) =>
      rows.flatMap((row) =>
        row.target.kind === 'chat' && row.target.chat.chatId === chatId && row.prompt ? [row.prompt] : [],
      ),
    /** What still waits in a chat. */
    waitingOf: async (chatId: string): Promise<readonly string[]> =>
      ((await app.conversations.load(chatKey(chatOf(chatId))))?.effects ?? []).map(
        ({ effect }) => effect.kind,
      ),
  };
}

export type AppWorld = Awaited<ReturnType<typeof createAppWorld>>;
