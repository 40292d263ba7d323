import { setTimeout as delay } from 'node:timers/promises';
import type { ChatRef } from '#src/domain/inbound.ts';
import { addCases, type Whose } from '../bulk-cases.ts';
import { FAST_LIMITS, FAST_RULES } from '../fast.ts';
import { figures, type Measured, OURS, quantile } from '../figures.ts';
import { type Platform, startPlatform } from '../platform.ts';
import { untilGreeted } from '../until.ts';
import { joinStaff, openWard, type Ward } from '../ward.ts';
import type { Part } from './part.ts';

const CASES = 100_000;
/** What the growth is held against. */
const FEW = 1_000;
const RESIDENTS = 200;
const ROUND_TRIP_MS = 40;
const PER_SECOND = 20;
/** The first is not measured: processes and their connections warm up. */
const ROUNDS = 4;
const SETTLED_MS = 3_000;
const ASKED = 40;
const UNIT = 'urban-environment';
const WIDE = { calls: 1_000, perMs: 1_000, guardMs: 0 };
const LIMITS = { telegram: { ...FAST_LIMITS.telegram, chat: WIDE, group: null } };
const RULES = { ...FAST_RULES, perChat: false, perGroup: false, roundTripMs: ROUND_TRIP_MS } as const;

/** Many residents who fill in the form at once, and whether a list is as quick among very many cases as among few. */
export const casesPart: Part = async ({ services, chats, say }) => {
  const count = chats ?? CASES;
  const platform = await startPlatform(RULES);
  const ward = await openWard(services, platform);
  const bot = ward.startBot();
  const worker = ward.startWorker({ limits: LIMITS });
  try {
    const people = await platform.addPeople(RESIDENTS + 3);
    const [officerChat = 0, leaderChat = 0, residentChat = 0, ...residents] = people;
    await untilGreeted(platform, people);
    const officerId = await joinStaff(ward.runtime, 'handler', UNIT, privateChat(officerChat));
    await joinStaff(ward.runtime, 'chairperson', UNIT, privateChat(leaderChat));
    const whose: Whose = { officerId, unitId: UNIT, residentChatId: String(residentChat) };
    say(`cases: ${OURS}, ${String(RESIDENTS)} residents at ${String(PER_SECOND)} messages a second`);
    const forms = await fillForms(ward, platform, residents);
    say(`cases: ${OURS}, the lists among ${String(FEW)} and among ${String(count)}`);
    await addCases(ward, whose, 0, FEW);
    const few = await lists(platform, officerChat, residentChat);
    await addCases(ward, whose, FEW, count);
    const many = await lists(platform, officerChat, residentChat);
    return figures('cases', OURS, [
      ...forms,
      ...measuredLists('Few', few),
      ...measuredLists('', many),
      { figure: 'workListGrowth', value: many.workMs - few.workMs, unit: 'ms' },
      { figure: 'ownCasesGrowth', value: many.ownMs - few.ownMs, unit: 'ms' },
    ]);
  } finally {
    await Promise.all([worker.stop(), bot.stop()]);
    await ward.close();
    await platform.stop();
  }
};

const privateChat = (chatId: number): ChatRef => ({ platform: 'telegram', chatId: String(chatId) });

/** What a resident writes in one form; the answers tell whose it is and of which round. */
const form = (chatId: number, round: number): readonly string[] => [
  'đèn đường trước nhà hỏng rồi cháu ơi',
  `Tổ ${String(round + 1)} ngõ ${String(chatId)}`,
  phoneOf(chatId),
  '1',
];

const phoneOf = (chatId: number): string => `09${String(chatId).slice(-8).padStart(8, '0')}`;

/** All residents take turns, so that each has read an answer before the next message. */
async function fillForms(
  ward: Ward,
  platform: Platform,
  residents: readonly number[],
): Promise<readonly Measured[]> {
  let startedAtMs = performance.now();
  let sent = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round === 1) {
      await delay(SETTLED_MS);
      await platform.forget();
      startedAtMs = performance.now();
      sent = 0;
    }
    for (let step = 0; step < form(0, round).length; step += 1) {
      for (const chatId of residents) {
        await delay(Math.max(0, startedAtMs + (sent * 1_000) / PER_SECOND - performance.now()));
        await platform.say(chatId, form(chatId, round)[step] ?? '');
        sent += 1;
      }
    }
  }
  const perSecond = (sent * 1_000) / (performance.now() - startedAtMs);
  await delay(SETTLED_MS);
  const { replyMs } = await platform.record(residents);
  return [
    { figure: 'messages', value: sent, unit: '' },
    { figure: 'messagesPerSecond', value: perSecond, unit: '1/s' },
    { figure: 'p50OverRoundTripMs', value: quantile(replyMs, 0.5) - ROUND_TRIP_MS, unit: 'ms' },
    { figure: 'p99OverRoundTripMs', value: quantile(replyMs, 0.99) - ROUND_TRIP_MS, unit: 'ms' },
    { figure: 'formsSent', value: residents.length * ROUNDS, unit: '' },
    { figure: 'casesAsWritten', value: await asWritten(ward, residents), unit: '' },
  ];
}

/** Cases that hold just what their resident wrote, each answer at its question. */
async function asWritten({ runtime }: Ward, residents: readonly number[]): Promise<number> {
  const { cases } = runtime.core.store;
  let count = 0;
  for (const chatId of residents) {
    const own = await cases.ofResident(privateChat(chatId), ROUNDS + 1);
    const places = new Set(own.map(({ place }) => place.text));
    for (let round = 0; round < ROUNDS; round += 1) {
      const [, place = ''] = form(chatId, round);
      if (places.has(place) && own.every(({ phone }) => phone === phoneOf(chatId))) count += 1;
    }
    if (own.length > ROUNDS) count -= own.length - ROUNDS;
  }
  return count;
}

interface Lists {
  readonly workMs: number;
  readonly ownMs: number;
}

/** Until an officer has "việc" and a resident "xem việc" on the screen, at the median. */
async function lists(platform: Platform, officerChat: number, residentChat: number): Promise<Lists> {
  return {
    workMs: await askedOften(platform, officerChat, 'việc'),
    ownMs: await askedOften(platform, residentChat, 'xem việc'),
  };
}

async function askedOften(platform: Platform, chatId: number, words: string): Promise<number> {
  await platform.forget();
  for (let n = 0; n < ASKED; n += 1) {
    await platform.say(chatId, words);
    await delay(300);
  }
  await delay(1_000);
  return quantile((await platform.record([chatId])).replyMs, 0.5) - ROUND_TRIP_MS;
}

const measuredLists = (size: string, { workMs, ownMs }: Lists): readonly Measured[] => [
  { figure: `workList${size}`, value: workMs, unit: 'ms' },
  { figure: `ownCases${size}`, value: ownMs, unit: 'ms' },
];
