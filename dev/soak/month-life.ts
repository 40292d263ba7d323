import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Ledger } from '#dev/demo/ledger.ts';
import type { JournalEntry } from '#dev/sandbox/index.ts';
import type { Someone } from '#dev/world/people.ts';
import type { Stage } from '#dev/world/stage.ts';
import { shortDate } from '#src/app/present.ts';
import { DAY_MS, endOfDay, MINUTE_MS } from '#src/domain/calendar/local-time.ts';
import type { Duty } from '#src/domain/duty.ts';
import { boardOf } from '#src/domain/procedures/figures.ts';
import { currentPlan } from '#src/main/core.ts';
import { type Flush, planFlushes } from './flush-plan.ts';
import { isReminder, minuteOf, toldBy } from './month-rows.ts';
import type { Pace } from './pace.ts';

export interface LifeOptions {
  /** Midnights. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** What the first who gets a reminder does an hour later. */
  readonly react: (dutyId: string, instant: string) => 'nothing' | 'seen' | 'done';
  readonly flushes: number;
  readonly seed: number;
  readonly pace: Pace;
}

export interface LifeFigures {
  /** Instants at which something was due. */
  readonly moments: number;
  readonly flushes: number;
  /** Of these how many met rows that were due or on their way. */
  readonly flushesUnderWay: number;
  /** From the clock's move to the end of what was due then, in real time. */
  readonly slowestMs: number;
}

const HOUR_MS = 60 * MINUTE_MS;
const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 120_000;
/** A chat takes one message a second: the next is put off a little. */
const PUT_OFF_MS = MINUTE_MS;
/** Zalo takes messages for seven days after the person last wrote. */
const WRITE_EVERY_MS = 6 * DAY_MS;
/** At production's pace, a tick and a put-back: at random somewhere from before to after what is due. */
const FLUSH_WITHIN_MS = 18_000;

export interface Life {
  readonly options: LifeOptions;
  readonly stage: Stage;
  readonly redis: Redis;
  readonly ledger: Ledger;
  readonly people: ReadonlyMap<string, Someone>;
}

interface Answer {
  readonly atMs: number;
  readonly by: Someone;
  readonly kind: 'seen' | 'done';
  readonly duty: Duty;
  /** It is done by writing down a week's figures. */
  readonly asksFigures: boolean;
}

/** From one due time, answer or visit to the next. */
export async function liveOn(life: Life): Promise<LifeFigures> {
  const { options, stage } = life;
  const { duties } = stage.runtime.core.store;
  const { clock } = stage.sandbox;
  const nextFlush = planFlushes(options.flushes, options.seed, options.pace.everyMs ?? FLUSH_WITHIN_MS);
  const answers: Answer[] = [];
  const figures = { moments: 0, flushes: 0, flushesUnderWay: 0, slowestMs: 0 };
  const seen = new Set<string>();
  let visitMs = options.fromMs + WRITE_EVERY_MS;
  await untilQuiet(life);
  for (;;) {
    const dueMs = (await duties.due(Number.MAX_SAFE_INTEGER, 1))[0]?.nextAtMs ?? Infinity;
    const nextMs = Math.min(dueMs, answers[0]?.atMs ?? Infinity, visitMs);
    if (nextMs >= options.untilMs) return figures;
    const momentsLeft = nextMs === dueMs ? await momentsAhead(stage, options.untilMs) : 0;
    clock.setMs(nextMs);
    const movedAtMs = performance.now();
    if (nextMs === dueMs) {
      figures.moments += 1;
      const flush = nextFlush(momentsLeft);
      if (flush) {
        figures.flushesUnderWay += (await flushRedis(life, flush)) ? 1 : 0;
        figures.flushes += 1;
      }
    }
    while ((answers[0]?.atMs ?? Infinity) <= nextMs) await give(answers.shift());
    if (nextMs === visitMs) {
      await visit(life);
      visitMs += WRITE_EVERY_MS;
    }
    await untilQuiet(life);
    if (nextMs !== dueMs) continue;
    figures.slowestMs = Math.max(figures.slowestMs, Math.round(performance.now() - movedAtMs));
    answers.push(...(await answersTo(life, seen, nextMs)));
  }
}

/** How many different instants are still to come at which an unfinished duty says something. */
async function momentsAhead({ runtime }: Stage, untilMs: number): Promise<number> {
  const open = (await runtime.core.store.duties.list()).filter(({ nextAtMs }) => nextAtMs !== null);
  const instants = open.flatMap(({ rungs, nextRung }) => rungs.slice(nextRung).map(({ atMs }) => atMs));
  return new Set(instants.filter((atMs) => atMs < untilMs)).size;
}

/** Answers whether something was due or on its way just then. */
async function flushRedis({ stage, redis, ledger }: Life, flush: Flush): Promise<boolean> {
  const { clock, journal } = stage.sandbox;
  if (flush.kind === 'after') await delay(flush.ms);
  else {
    const sent = (): number => journal.count(isMessage);
    const sentBefore = sent();
    const deadline = performance.now() + PATIENCE_MS;
    while (sent() === sentBefore && performance.now() < deadline) await delay(5);
  }
  const isUnderWay = async (): Promise<boolean> => {
    const nowMs = clock.nowMs();
    const due = await stage.runtime.core.store.duties.due(nowMs, 1);
    return due.length > 0 || (await ledger.underWay(nowMs)) > 0;
  };
  const wasUnderWay = await isUnderWay();
  await redis.flushall();
  return wasUnderWay;
}

const isMessage = ({ kind, method }: JournalEntry): boolean =>
  kind === 'call' && /sendMessage|message\/cs/u.test(method);

/** For each duty that spoke at this moment, what the first whom it spoke to does. */
async function answersTo(
  { options, people, stage, ledger }: Life,
  seen: Set<string>,
  atMs: number,
): Promise<readonly Answer[]> {
  const fresh = (await ledger.deliveries())
    .map(({ _id }) => _id)
    .filter((id) => isReminder(id) && !seen.has(id));
  for (const id of fresh) seen.add(id);
  const told: { readonly dutyId: string; readonly person: string }[] = [];
  for (const id of fresh) {
    const person = id.split('.').at(-1) ?? '';
    for (const { dutyId } of await toldBy(stage.runtime, id)) told.push({ dutyId, person });
  }
  const { store } = stage.runtime.core;
  const routineId = boardOf(await currentPlan(store))?.routineId;
  const answers: Answer[] = [];
  for (const [dutyId, some] of Map.groupBy(told, (one) => one.dutyId)) {
    const kind = options.react(dutyId, minuteOf(atMs));
    const duty = await store.duties.get(dutyId);
    const above = [duty?.headId, duty?.chairpersonId];
    // A deputy is asked in the place of the responsible person.
    const by = some.map(({ person }) => person).sort((a, b) => above.indexOf(a) - above.indexOf(b))[0];
    const someone = people.get(by ?? '');
    if (kind !== 'nothing' && duty && someone)
      answers.push({
        ...{ atMs: atMs + HOUR_MS, by: someone, kind, duty },
        asksFigures: duty.ruleId === routineId,
      });
  }
  return answers;
}

/** Opens the duty by its number where it stands in a list, and answers below it. */
async function give(answer: Answer | undefined): Promise<void> {
  if (!answer) return;
  const { by, kind, duty, asksFigures } = answer;
  const days = [duty.dueAtMs, endOfDay(duty.targetDate)].map(shortDate);
  // What comes every week has one title: its day tells which.
  const names = (text: string): boolean =>
    text.includes(duty.title) && days.some((day) => text.includes(day));
  const asked = by.heard().findLast((text) => names(text) && text.includes(SEEN));
  const line = asked?.split('\n').find((one) => /^\d+\. /u.test(one) && names(one));
  if (line) await hearAfter(by, () => by.say(line.split('.')[0] ?? ''), DONE);
  const choose = (label: string) => (): void => by.tap(label, duty.title);
  if (kind === 'seen') return hearAfter(by, choose(SEEN), 'đã xem');
  const turns = asksFigures ? FIGURES : PROOF;
  await hearAfter(by, choose(DONE), turns[0][1]);
  for (const [words, heard] of turns.slice(1)) await hearAfter(by, () => by.say(words), heard);
}

/** What is said after "Đã làm xong", and what is heard then. */
type Turns = readonly [readonly ['', string], ...(readonly [say: string, hear: string])[]];
const PROOF: Turns = [
  ['', 'văn bản số mấy'],
  ['8', 'Đã ghi là xong'],
];
const FIGURES: Turns = [
  ['', 'Bước 1/4'],
  ['12', 'Bước 2/4'],
  ['10', 'Bước 3/4'],
  ['2', 'Bước 4/4'],
  ['0', 'Sẽ ghi hồ sơ'],
  ['1', 'Đã ghi hồ sơ'],
];

const SEEN = 'Đã xem';
const DONE = 'Đã làm xong';

/** Does it, and waits for an answer with these words. */
async function hearAfter(by: Someone, act: () => void, words: string): Promise<void> {
  const before = by.heard().length;
  act();
  const deadline = performance.now() + PATIENCE_MS;
  while (
    !by
      .heard()
      .slice(before)
      .some((text) => text.includes(words))
  ) {
    if (performance.now() > deadline) throw new Error(`${by.name} did not hear ${words}`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Those on Zalo write, so that their chats stay open. */
async function visit({ people }: Life): Promise<void> {
  for (const one of people.values()) if (one.platform === 'zalo') one.say('việc của tôi');
  for (const one of people.values()) {
    if (one.platform === 'zalo') await one.hear(/việc/iu, PATIENCE_MS);
  }
}

/** Nothing is due, and nothing is on its way in either direction. */
async function untilQuiet({ stage, ledger }: Life): Promise<void> {
  const { duties, inbox, conversations } = stage.runtime.core.store;
  const { telegram, zalo, clock } = stage.sandbox;
  const deadline = performance.now() + PATIENCE_MS;
  for (let quiet = 0; quiet < 2;) {
    await zalo.webhooks.settled({ timeoutMs: PATIENCE_MS });
    const nowMs = clock.nowMs();
    const waiting = {
      duties: (await duties.due(nowMs, 1)).length,
      messages: await ledger.underWay(nowMs + PUT_OFF_MS),
      inbox: (await inbox.waitingChats(1)).length,
      effects: (await conversations.waitingEffects(1)).length,
      updates: telegram.pendingUpdates(),
    };
    quiet = Object.values(waiting).every((count) => count === 0) ? quiet + 1 : 0;
    if (performance.now() > deadline) throw new Error(`never quiet: ${JSON.stringify(waiting)}`);
    await delay(LOOK_EVERY_MS);
  }
}
