import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { type Act, act, registerActs } from '../core/control.ts';
import { WaitTimeout } from '../core/changes.ts';
import type { HttpHandler, HttpReply, Router } from '../core/http.ts';
import type { SandboxCore } from '../core/index.ts';
import type { TelegramSandbox } from '../telegram/index.ts';
import type { ZaloSandbox } from '../zalo/index.ts';
import type { Overview, RecordRow } from './types.ts';

interface Viewed {
  readonly core: SandboxCore;
  readonly telegram: TelegramSandbox;
  readonly zalo: ZaloSandbox;
}

const WAIT_MS = 10_000;
const SHOWN_BUBBLES = 200;

const overviewOf = ({ core, telegram, zalo }: Viewed, startedAt: string): Overview => ({
  startedAt,
  nowMs: core.clock.nowMs(),
  bot: { username: telegram.bot.username, oaId: zalo.settings.oaId },
  people: core.people.all().map((person) => ({
    id: person.id,
    name: person.name,
    telegram: telegram.contactOf(person),
    zalo: zalo.contactOf(person),
  })),
  chats: [...telegram.summaries(), ...zalo.summaries()],
});

const recordOf = ({ journal }: SandboxCore): readonly RecordRow[] => {
  const rows = new Map<string, { -readonly [K in keyof RecordRow]: RecordRow[K] }>();
  for (const { platform, kind, method, ok, fault } of journal.entries()) {
    const key = `${platform} ${kind} ${method}`;
    const row = rows.get(key) ?? { platform, kind, method, done: 0, failed: 0, faults: 0 };
    if (ok) row.done += 1;
    else row.failed += 1;
    if (fault !== undefined) row.faults += 1;
    rows.set(key, row);
  }
  return [...rows.values()];
};

const chatShape = z.object({
  platform: z.enum(['telegram', 'zalo']),
  chat: z.string(),
  limit: z.coerce.number().int().positive().default(SHOWN_BUBBLES),
});

const viewActs = (viewed: Viewed): Readonly<Record<string, Act>> => {
  const { core, telegram, zalo } = viewed;
  const startedAt = new Date().toISOString();
  return {
    overview: () => overviewOf(viewed, startedAt),
    chat: act(chatShape, ({ platform, chat, limit }) =>
      platform === 'telegram' ? telegram.chatView(Number(chat), limit) : zalo.chatView(chat, limit),
    ),
    record: () => recordOf(core),
    // Answers when there is news after `after`, or after a while: then nothing hangs for ever.
    changes: act(z.object({ after: z.coerce.number().int().default(0) }), async ({ after }) => {
      try {
        return { seq: await core.journal.waitPast(after, { timeoutMs: WAIT_MS }) };
      } catch (error) {
        if (error instanceof WaitTimeout) return { seq: after };
        throw error;
      }
    }),
  };
};

const notFound: HttpReply = { status: 404, body: { error: 'no such file' } };

const bytes = (data: Uint8Array | undefined, contentType: string): HttpReply =>
  data === undefined
    ? notFound
    : {
        status: 200,
        headers: { 'content-type': contentType, 'cache-control': 'max-age=31536000' },
        body: Buffer.from(data),
      };

const PAGE = join(import.meta.dirname, '../page');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
};

/** One file of the page, read anew each time: whoever works on it only reloads. */
const pageFile = (name: string): HttpReply => {
  const type = TYPES[extname(name)];
  if (type === undefined || !/^[\w-]+\.\w+$/.test(name)) return notFound;
  try {
    const text = readFileSync(join(PAGE, name), 'utf8');
    const body = name.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
    return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-store' }, body };
  } catch {
    return notFound;
  }
};

const named =
  (answer: (name: string) => HttpReply): HttpHandler =>
  ({ params }) =>
    answer(params['name'] ?? '');

/** The page at `/`, and what it reads: `/control/view/…` and the files that went to and fro. */
export const viewRoutes = (router: Router, viewed: Viewed): void => {
  const { telegram, zalo } = viewed;
  registerActs(router, '/control/view', viewActs(viewed));
  router.add('GET', '/', () => pageFile('index.html'));
  router.add(
    'GET',
    '/page/files/telegram/:name',
    named((id) => bytes(telegram.fileBytes(id), telegram.fileType(id))),
  );
  router.add(
    'GET',
    '/page/files/zalo/:name',
    named((id) => bytes(zalo.uploadOf(id), 'application/octet-stream')),
  );
  router.add('GET', '/page/:name', named(pageFile));
};
