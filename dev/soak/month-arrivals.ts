import type { Ledger } from '#dev/demo/ledger.ts';
import type { Someone } from '#dev/world/people.ts';
import type { Stage } from '#dev/world/stage.ts';
import { chatKey } from '#src/domain/inbound.ts';
import { isReminder, minuteOf, toldBy } from './month-rows.ts';

export interface Arrivals {
  /** `2024-03-18 08:00 DL-1.2024 person`: what the platforms delivered, at which minute of their clock and to whom, in order. */
  readonly reminders: readonly string[];
  /** In so many messages. */
  readonly messages: number;
  /** Reminders that came at another minute than that of the rung they speak of. */
  readonly offTheirRung: readonly string[];
  /** Messages of the bot that no row of the ledger knows: sent twice, or by nobody. */
  readonly strays: number;
}

interface Arrival {
  readonly key: string;
  readonly atMs: number;
}

/** What the platforms show to the officers, matched with the ledger by the ids that the platforms gave. */
export async function arrived(
  { sandbox, runtime }: Stage,
  ledger: Ledger,
  people: ReadonlyMap<string, Someone>,
): Promise<Arrivals> {
  const known = new Map(
    (await ledger.deliveries()).flatMap(({ _id, targetKey, sentParts }) =>
      sentParts.map((part): readonly [string, string] => [`${targetKey} ${part}`, _id]),
    ),
  );
  const duties = new Map((await runtime.core.store.duties.list()).map((duty) => [duty.id, duty]));
  const reminders: string[] = [];
  const offTheirRung: string[] = [];
  let messages = 0;
  let strays = 0;
  for (const [person, one] of people) {
    for (const { key, atMs } of shownTo(sandbox, one)) {
      const rowId = known.get(key);
      if (rowId === undefined) strays += 1;
      if (rowId === undefined || !isReminder(rowId)) continue;
      for (const { dutyId, rung } of await toldBy(runtime, rowId)) {
        const line = `${minuteOf(atMs)} ${dutyId} ${person}`;
        reminders.push(line);
        const rungMs = duties.get(dutyId)?.rungs[Number(rung)]?.atMs ?? 0;
        if (minuteOf(rungMs) !== minuteOf(atMs)) offTheirRung.push(`${line}, rung ${rung}`);
      }
      messages += 1;
    }
  }
  return { reminders: reminders.sort(), messages, offTheirRung, strays };
}

function shownTo({ telegram, zalo }: Stage['sandbox'], { platform, chatId }: Someone): readonly Arrival[] {
  const key = (messageId: number | string): string => `${chatKey({ platform, chatId })} ${String(messageId)}`;
  return platform === 'telegram'
    ? telegram
        .messages(Number(chatId))
        .filter(({ fromBot }) => fromBot)
        .map(({ messageId, dateMs }) => ({ key: key(messageId), atMs: dateMs }))
    : zalo
        .messages()
        .filter((message) => message.chatId === chatId && message.from === 'oa')
        .map(({ messageId, atMs }) => ({ key: key(messageId), atMs }));
}
