import type { Connection } from 'mongoose';
import type { PersonalDataStore } from '#src/app/ports/personal-data.ts';
import { chatKey, PLATFORMS, type ChatRef } from '#src/domain/inbound.ts';
import { NOBODY } from '#src/domain/personal-data.ts';
import { MEDIA_BUCKET } from './media.ts';
import type { StoreParts } from './records.ts';
import { retrying } from './retry.ts';

/** What every field of another collection's row that is touched here looks like; the rest of the row is left alone. */
interface CaseRow {
  readonly _id: string;
  readonly rev: number;
  readonly mediaIds: readonly string[];
  readonly sealed: string;
  readonly history: readonly (Readonly<Record<string, unknown>> & { readonly sealed?: string })[];
}

const SETTLED = ['sent', 'gone', 'rejected', 'cancelled'];

/** Reaches into the rows of several collections: taking a person out is one matter, wherever they stand. */
export function personalDataStore({ connection, sealing }: StoreParts): PersonalDataStore {
  const rows = <T extends { _id: string } = { _id: string }>(name: string) => connection.collection<T>(name);

  async function emptyCase(row: CaseRow, by: 'resident' | 'system', nowMs: number): Promise<void> {
    await eraseMedia(connection, row.mediaIds);
    const context = `cases/${row._id}`;
    const parts = sealing.open(row.sealed, context) as Readonly<Record<string, unknown>>;
    const change = {
      platform: NOBODY.platform,
      chatId: NOBODY.chatId,
      honorific: null,
      mediaIds: [],
      keptFromMs: 0,
      sealed: sealing.seal(emptied(parts), context),
      rev: row.rev + 1,
      // What was done and when stays; the details can be a person's words.
      history: [...row.history.map(withoutDetails), { atMs: nowMs, by, action: 'erased' }],
    };
    await rows<CaseRow>('cases').updateOne({ _id: row._id, rev: row.rev }, { $set: change });
  }

  return {
    privateId: (words) => sealing.fingerprint(`private id ${words}`),

    async erase(chat, nowMs) {
      const { platform, chatId } = chat;
      const cases = await rows<CaseRow>('cases')
        .find({ platform, chatId } as never)
        .toArray();
      for (const row of cases) await retrying(() => emptyCase(row, 'resident', nowMs));
      await retrying(() =>
        rows('deliveries').deleteMany({ targetKey: chatKey(chat), state: { $in: SETTLED } }),
      );
      await retrying(() => rows('carried_words').deleteMany({ senderKey: chatKey(chat) }));
      await retrying(() => rows('destinations').deleteMany({ chatKey: chatKey(chat), kind: 'subscriber' }));
      await retrying(() => forgetChatOfInbox(connection, chat));
      await retrying(() => rows('conversations').deleteOne({ _id: chatKey(chat) }));
    },

    async emptyEnded(beforeMs, limit, nowMs) {
      const ended = await rows<CaseRow>('cases')
        .find({ keptFromMs: { $gt: 0, $lt: beforeMs } } as never)
        .sort({ keptFromMs: 1 })
        .limit(limit)
        .toArray();
      for (const row of ended) await retrying(() => emptyCase(row, 'system', nowMs));
      return ended.length;
    },

    async forgetMessages(beforeMs) {
      let forgotten = 0;
      for (const platform of PLATFORMS) {
        const personal = { platform, lane: { $gt: 'broadcast' }, runId: { $exists: false } };
        const old = { ...personal, state: { $in: SETTLED }, dueAtMs: { $lt: beforeMs } };
        forgotten += (await retrying(() => rows('deliveries').deleteMany(old))).deletedCount;
      }
      return forgotten;
    },

    async draftsSince(beforeMs, limit) {
      const found = await rows<{
        _id: string;
        platform: ChatRef['platform'];
        chatId: string;
        draftAtMs: number;
      }>('conversations')
        .find({ draftAtMs: { $gt: 0, $lte: beforeMs } } as never)
        .sort({ draftAtMs: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ platform, chatId, draftAtMs }) => ({
        chat: { platform, chatId },
        touchedAtMs: draftAtMs,
      }));
    },
  };
}

/** The key against repetitions stays; from which chat it came goes. */
async function forgetChatOfInbox(connection: Connection, chat: ChatRef): Promise<unknown> {
  const mine = { chatKey: chatKey(chat), state: { $ne: 'waiting' } };
  return connection.collection('inbox').updateMany(mine, { $set: { chatKey: '', chatId: '', sealed: null } });
}

async function eraseMedia(connection: Connection, ids: readonly string[]): Promise<void> {
  for (const filename of ids) {
    const files = connection.collection(`${MEDIA_BUCKET}.files`);
    const file = await files.findOne({ filename });
    if (!file) continue;
    await connection.collection(`${MEDIA_BUCKET}.chunks`).deleteMany({ files_id: file._id });
    await files.deleteOne({ filename });
  }
}

/** The words, and the id of the act, which begins with the chat that it came from. */
const DETAILS: ReadonlySet<string> = new Set(['sealed', 'actId']);

function withoutDetails(entry: CaseRow['history'][number]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !DETAILS.has(name)));
}

/** Every word and number gone, and the shape kept. */
function emptied(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const blank = (value: unknown): unknown =>
    Array.isArray(value) ? [] : typeof value === 'string' ? '' : null;
  return {
    ...Object.fromEntries(Object.entries(parts).map(([key, value]) => [key, blank(value)])),
    place: { text: null, location: null },
    phone: null,
    answer: null,
  };
}
