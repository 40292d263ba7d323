import type { Someone } from '#dev/world/people.ts';
import { setStage, type Stage } from '#dev/world/stage.ts';
import { MovableClock } from '#dev/sandbox/index.ts';
import { inviteStaff } from '#src/app/staff/invite-staff.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { type Lane, LANES } from '#src/domain/outbound.ts';
import type { Role, StaffMember } from '#src/domain/staff.ts';
import { currentPlan } from '#src/main/core.ts';
import { randomTokens } from '#src/main/tokens.ts';
import type { JobPorts } from '#src/queue/job-ports.ts';
import { freshDatabaseUri, services } from './services.ts';

/** What has a chat, a lane or nothing to say to a person. */
const NOT_BY_THE_CLOCK: ReadonlySet<string> = new Set(['sendDue', 'handleInbox', 'runEffects']);
const never = new AbortController().signal;
const PLENTY = { calls: 1_000_000, perMs: 1_000, guardMs: 0 };
const NONE = { reply: 0, reminder: 0, broadcast: 0 };

/**
 * The real use cases on the real services, with nothing running by itself: each message is worked off before the next, and
 * jobs run when the test says so. So two such worlds that were told the same say the same, word by word.
 */
export interface HandDriven {
  readonly stage: Stage;
  at(day: string, time: string): void;
  join(name: string, roles: readonly Role[], unitId: string): Promise<Officer>;
  /** Types words; comes back when they are answered. */
  say(who: Someone, words: string): Promise<void>;
  /** Every job that the clock starts, once; and what they say goes out. */
  runJobs(): Promise<void>;
  /** All that the bot wrote to somebody, oldest first, with the labels on the buttons. */
  screenOf(who: Someone): readonly string[];
  /** All that it logs, at its most talkative. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

export interface Officer {
  readonly who: Someone;
  readonly member: StaffMember;
}

export async function driveByHand(): Promise<HandDriven> {
  const clock = new MovableClock();
  const log: string[] = [];
  const telegram = { bot: PLENTY, chat: PLENTY, group: null, reserve: NONE, groupReserve: NONE, pace: null };
  const stage = await setStage({
    mongodbUri: freshDatabaseUri(),
    redisUrl: services().redisUrl,
    sandbox: { telegram: { rules: { perBot: false, perChat: false, perGroup: false } } },
    environment: () => ({ LOG_LEVEL: 'debug' }),
    runtime: {
      clock,
      logTo: { write: (line) => void log.push(line) },
      prefix: `hand-${randomTokens.next()}`,
      limits: { telegram },
    },
  });
  const { jobPorts, core } = stage.runtime;
  let events = 0;

  async function send(lanes: readonly Lane[]): Promise<void> {
    for (const lane of lanes) await jobPorts.sendDue('telegram', lane, never);
  }

  async function say(who: Someone, words: string): Promise<void> {
    events += 1;
    await core.store.inbox.add({
      platform: 'telegram',
      eventId: `hand-${String(events)}`,
      order: String(events).padStart(8, '0'),
      chat: { id: who.chatId, kind: 'private' },
      sender: { id: who.chatId, name: who.name },
      sentAtMs: clock.nowMs(),
      content: { kind: 'text', text: words },
    });
    await jobPorts.handleInbox(`telegram:${who.chatId}`, never);
    await send(['reply']);
  }

  return {
    stage,
    log,
    say,
    at: (day, time) => {
      clock.setMs(atLocal(day, time));
    },
    async join(name, roles, unitId) {
      const who = stage.someone('telegram', name);
      who.open();
      const invited = await inviteStaff(
        { staff: core.store.staff, tokens: randomTokens, clock },
        await currentPlan(core.store),
        { name, address: 'anh', roles, unitId, neighbourhood: null },
      );
      if (invited.kind !== 'invited') throw new Error(invited.kind);
      await say(who, invited.code);
      const member = await core.store.staff.get(invited.member.id);
      if (!member) throw new Error(name);
      return { who, member };
    },
    async runJobs() {
      for (const [name, run] of Object.entries(jobPorts) as [string, JobPorts['tickDuties']][])
        if (!NOT_BY_THE_CLOCK.has(name)) await run(never);
      await send(LANES);
    },
    screenOf: ({ chatId }) =>
      stage.sandbox.telegram
        .messages(Number(chatId))
        .filter(({ fromBot }) => fromBot)
        .map(({ text, buttons }) => [text, ...buttons.flat().map((button) => `[${button.text}]`)].join('\n')),
    close: () => stage.close(),
  };
}
