import { createLetters } from '#src/reports/blank-letter.ts';
import { createPapers } from '#src/reports/papers.ts';
import { createCategorySearch } from '#src/search/category-search.ts';
import { recurrence } from '#src/calendar/recurrence.ts';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '#src/app/app.ts';
import { handleInbox } from '#src/app/inbound/handle-inbox.ts';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import { receive } from '#src/app/inbound/receive.ts';
import { buildCalendar } from '#src/calendar/build-calendar.ts';
import { telegramInbound } from '#src/channels/telegram/inbound.ts';
import { zaloInbound } from '#src/channels/zalo/inbound.ts';
import { USUAL_HOURS } from '#src/domain/calendar/calendar.ts';
import { chatKey, type InboundEvent, type Platform, PLATFORMS } from '#src/domain/inbound.ts';
import { ROLE_IDS } from '#src/domain/plan.ts';
import { loadTexts } from '#src/i18n/texts.ts';
import { openStore, type Store } from '#src/store/connect.ts';
import { plan, posts } from '#test/support/conversation.ts';
import { FakeChannel } from '#test/support/fake-channel.ts';
import { hostile, spoiled, telegramShapes, zaloShapes } from '#test/support/hostile-updates.ts';
import { memoryStores, type MemoryStores } from '#test/support/memory-stores.ts';
import { freshDatabaseUri } from '#test/support/services.ts';
import { deliverySchema } from '#test/support/stored-schema.ts';
import { inboundSchema } from '#test/unit/channels/event-schema.ts';

/** On each platform. */
const UPDATES = 10_000;
const UPDATES_A_WARD = 200;
const NOW_MS = Date.UTC(2024, 2, 18, 3, 0);

const texts = await loadTexts('vi');
const calendar = buildCalendar({ fromYear: 2023, toYear: 2026, officeHours: USUAL_HOURS });

/** Answers that lead deeper into the forms than noise does. */
const plausible = fc.constantFrom(
  ...[
    'menu',
    '0',
    '1',
    '2',
    '3',
    '9',
    'có',
    'gửi',
    'việc của tôi',
    'xem việc',
    '/start',
    '/dangtin',
    '/nhom',
  ],
  ...[
    'đèn đường hỏng',
    'Tổ 5 Khu 3',
    '0912345678',
    'tôi tố cáo cán bộ',
    '#phananh rác',
    '/start w_x',
    'mai 8h',
  ],
);
const isText = (value: unknown): value is string => typeof value === 'string';
const words = fc.oneof(plausible, fc.string({ unit: 'binary', minLength: 1 }), hostile.filter(isText));

const inboundOf = { telegram: telegramInbound, zalo: zaloInbound };
const shapesOf = { telegram: telegramShapes, zalo: zaloShapes };

/** Spoiled updates as they come, and the same contents as messages of one of four people, so that forms are filled. */
function updates(platform: Platform): fc.Arbitrary<readonly InboundEvent[]> {
  const one = fc.tuple(spoiled(shapesOf[platform]), fc.integer({ min: 0, max: 7 }), fc.option(words));
  return fc
    .array(one, { minLength: UPDATES_A_WARD, maxLength: UPDATES_A_WARD })
    .map((list) =>
      list.flatMap(([update, person, said], index) => eventsOf(platform, update, person, said, index)),
    );
}

function eventsOf(
  platform: Platform,
  update: unknown,
  person: number,
  said: string | null,
  index: number,
): readonly InboundEvent[] {
  const inbound = inboundOf[platform](update);
  inboundSchema.parse(inbound);
  const own: InboundEvent = {
    platform,
    eventId: `own-${index}`,
    order: String(index).padStart(16, '0'),
    chat: { id: String(person % 4), kind: 'private' },
    sender: { id: String(person % 4), name: 'X' },
    sentAtMs: NOW_MS + index,
    content: { kind: 'text', text: said ?? 'menu' },
  };
  if (inbound.kind === 'ignored') return said === null || said === '' ? [] : [own];
  // Real shapes share a few ids: each is an update of its own here.
  if (person >= 4) return [{ ...inbound.event, eventId: `${inbound.event.eventId}-${index}` }];
  const content = said === null || said === '' ? inbound.event.content : own.content;
  return [{ ...own, content, ...(inbound.event.quoted ? { quoted: inbound.event.quoted } : {}) }];
}

interface Ward {
  readonly app: App;
  readonly stores: MemoryStores;
  readonly failures: unknown[];
  /** Chats whose effects a job is to run. */
  readonly woken: Set<string>;
  readonly sends: () => number;
  /** Long enough for a person to have read what was asked. */
  readonly wait: () => void;
}

/** A ward in memory whose every store refuses what the schema does not allow. */
async function openWard(platform: Platform): Promise<Ward> {
  const stores = memoryStores();
  const failures: unknown[] = [];
  const woken = new Set<string>();
  let sends = 0;
  let nowMs = NOW_MS;
  const channels = Object.fromEntries(
    PLATFORMS.map((name) => {
      const channel = new FakeChannel(name);
      channel.fetchFile = () => Promise.resolve({ bytes: new Uint8Array(1), contentType: 'image/png' });
      return [name, channel];
    }),
  );
  let made = 0;
  const app: App = {
    ...stores,
    letters: createLetters(),
    papers: createPapers(),
    draw: { below: () => 0 },
    categorySearch: createCategorySearch(),
    sheets: {
      drawScript: () => Promise.resolve([]),
      drawPoster: () => Promise.resolve(new Uint8Array([3])),
      drawYear: () => Promise.resolve(new Uint8Array([4])),
    },
    deliveries: {
      ...stores.deliveries,
      insert: (rows) => {
        for (const row of rows) deliverySchema.parse(row);
        sends += rows.length;
        return stores.deliveries.insert(rows);
      },
    },
    conversations: {
      ...stores.conversations,
      save: (conversation, rev) => {
        // What JSON cannot carry (NaN, undefined, functions), the database does not give back either.
        expect(JSON.parse(JSON.stringify(conversation))).toEqual(conversation);
        return stores.conversations.save(conversation, rev);
      },
    },
    channels,
    clock: { nowMs: () => nowMs },
    tokens: { next: () => `token-${(made += 1)}`, code: () => `CODE-${(made += 1)}` },
    texts,
    pictures: { fitPhoto: (file) => Promise.resolve(file) },
    documents: { readWords: () => Promise.resolve({ kind: 'refused', why: 'empty' }) },
    wake: {
      lane: () => Promise.resolve(),
      inbox: () => Promise.resolve(),
      effects: (key) => Promise.resolve(void woken.add(key)),
    },
    alerts: { raise: () => Promise.resolve() },
    log: { info: () => undefined, warn: () => undefined, error: (fields) => void failures.push(fields) },
    calendar,
    recurrence,
    hash: (text) => String(text.length),
    dueAtMs: (_ruleId, fromMs) => Promise.resolve(fromMs + 1),
  };
  await app.plans.import(plan, posts, NOW_MS);
  // Two of the four people are staff who may do everything.
  for (const chatId of ['0', '1']) {
    const member = { name: 'A', address: 'anh', roles: [...ROLE_IDS], unitId: 'office', neighbourhood: null };
    await app.staff.invite(member, chatId, NOW_MS + 1);
    await app.staff.join(chatId, { platform, chatId }, NOW_MS);
  }
  const wait = (): void => void (nowMs += 10_000);
  return { app, stores, failures, woken, sends: () => sends, wait };
}

const rejections: unknown[] = [];
const onRejection = (reason: unknown): void => void rejections.push(reason);
beforeAll(() => void process.on('unhandledRejection', onRejection));
afterAll(() => void process.off('unhandledRejection', onRejection));
afterEach(() => expect(rejections).toEqual([]));

describe.each<Platform>(['telegram', 'zalo'])('hostile updates of %s', (platform) => {
  it('are taken in and handled without a failure, and nothing is stored that the schema does not allow', async () => {
    const reached = { handled: 0, cases: 0, sends: 0 };
    await fc.assert(
      fc.asyncProperty(updates(platform), async (events) => {
        const { app, stores, failures, woken, sends, wait } = await openWard(platform);
        const chats = new Set<string>();
        for (const event of events) {
          await receive({ inbox: app.inbox, log: app.log, handleSoon: (key) => chats.add(key) }, event);
          await handleInbox(app, chatKey({ platform, chatId: event.chat.id }));
          for (const key of woken) await runEffects(app, key);
          woken.clear();
          wait();
          reached.handled += 1;
        }
        expect(failures).toEqual([]);
        expect(await stores.inbox.waitingChats(1_000)).toEqual([]);
        expect(await stores.conversations.waitingEffects(1_000)).toEqual([]);
        for (const chatId of ['2', '3']) {
          reached.cases += (await stores.cases.ofResident({ platform, chatId }, 1_000)).length;
        }
        reached.sends += sends();
      }),
      { numRuns: UPDATES / UPDATES_A_WARD, endOnFailure: true },
    );
    // A suite that throws everything away would be green, too.
    expect(reached.handled).toBeGreaterThan(UPDATES / 2);
    expect(reached.sends).toBeGreaterThan(UPDATES / 4);
    expect(reached.cases).toBeGreaterThan(10);
  });

  describe('in the real store', () => {
    let store: Store;
    beforeAll(async () => {
      const dataKey = Buffer.alloc(32, 7).toString('base64');
      store = await openStore({ mongodbUri: freshDatabaseUri(), dataKey });
      await store.migrate();
    });
    afterAll(() => store.close());

    it('never stick: whatever became an event can be written and comes back as it was', async () => {
      const [events = []] = fc.sample(
        fc.array(spoiled(shapesOf[platform]), { minLength: 1_000, maxLength: 1_000 }),
        1,
      );
      let stored = 0;
      for (const update of events) {
        const inbound = inboundOf[platform](update);
        if (inbound.kind !== 'event') continue;
        stored += 1;
        const event = { ...inbound.event, eventId: `${inbound.event.eventId}-${stored}` };
        expect(await store.inbox.add(event)).toBe('new');
        const row = await store.inbox.next(chatKey({ platform, chatId: event.chat.id }));
        expect(row?.event).toEqual(event);
        await store.inbox.done(row?.id ?? '');
      }
      expect(stored).toBeGreaterThan(100);
    });
  });
});
