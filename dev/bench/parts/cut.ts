import { figures, type Figure, OURS } from '../figures.ts';
import { FAST_LIMITS, FAST_RULES } from '../fast.ts';
import { untilSettled } from '../until.ts';
import { openWard, type Ward } from '../ward.ts';
import { onPlatform, type Part, type PartOptions } from './part.ts';

const CHATS = 1_000;
/** Every twentieth answer is lost after the message arrived: 5 %. */
const CUT_EVERY = 20;
const RULES = { ...FAST_RULES, roundTripMs: 10 };

/** Answers cut after delivery: who sends twice, and who knows which messages are uncertain. */
export const cutPart: Part = async (options) => {
  const all: Figure[] = [...(await ours(options))];
  for (const peer of options.peers) {
    options.say(`cut: ${peer.name}`);
    const record = await onPlatform(RULES, options.chats ?? CHATS, async (platform, chatIds) => {
      await platform.cutAnswers(cutOf(chatIds));
      await peer.send(platform, chatIds, 'Bài');
    });
    all.push(
      ...figures('cut', peer.name, [
        { figure: 'cut', value: Math.floor((options.chats ?? CHATS) / CUT_EVERY), unit: '' },
        { figure: 'duplicates', value: record.duplicates, unit: '' },
        { figure: 'missing', value: record.missing, unit: '' },
      ]),
    );
  }
  return all;
};

const cutOf = (chatIds: readonly number[]): readonly number[] =>
  chatIds.filter((_, n) => n % CUT_EVERY === CUT_EVERY - 1);

async function ours({ services, chats, say }: PartOptions): Promise<readonly Figure[]> {
  say(`cut: ${OURS}`);
  const ledger = { cut: 0, unknown: 0, unknownNotCut: 0 };
  const record = await onPlatform(RULES, chats ?? CHATS, async (platform, chatIds) => {
    const ward = await openWard(services, platform);
    await ward.addGroups(chatIds);
    const cut = cutOf(chatIds);
    await platform.cutAnswers(cut);
    const worker = ward.startWorker({ limits: FAST_LIMITS });
    try {
      const runId = await ward.order();
      await untilSettled(ward, runId, 60_000 + chatIds.length * 20);
      const unknown = await unknownChats(ward, runId, chatIds.length);
      ledger.cut = cut.length;
      ledger.unknown = unknown.length;
      ledger.unknownNotCut = unknown.filter((chatId) => !cut.includes(chatId)).length;
    } finally {
      await worker.stop();
      await ward.close();
    }
  });
  return figures('cut', OURS, [
    { figure: 'cut', value: ledger.cut, unit: '' },
    { figure: 'duplicates', value: record.duplicates, unit: '' },
    { figure: 'missing', value: record.missing, unit: '' },
    { figure: 'unknown', value: ledger.unknown, unit: '' },
    { figure: 'unknownNotCut', value: ledger.unknownNotCut, unit: '' },
  ]);
}

async function unknownChats(ward: Ward, runId: string, limit: number): Promise<readonly number[]> {
  const { deliveries, destinations } = ward.runtime.core.store;
  const rows = await deliveries.ofRun(runId, 'unknown', limit);
  const found = rows.map(async ({ target }) =>
    target.kind === 'destination' ? Number((await destinations.get(target.destinationId))?.chat.chatId) : 0,
  );
  return Promise.all(found);
}
