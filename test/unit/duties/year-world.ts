import { createHash } from 'node:crypto';
import type { App } from '#src/app/app.ts';
import { createDutyClock } from '#src/app/duties/tick-duties.ts';
import { shortDate } from '#src/app/present.ts';
import { addDays, atLocal, endOfDay, localDateOf } from '#src/domain/calendar/local-time.ts';
import { answerDuty } from '#src/domain/duties/answer-duty.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { plan } from '#test/support/conversation.ts';
import { calendar, dutyWorld, human, member } from './duty-world.ts';
import type { Officer, Reaction, ReactionTo } from './expected-year.ts';

const UNITS = [
  ...[
    'office',
    'culture-information',
    'urban-environment',
    'urban-order',
    'justice-registry',
    'social-affairs',
  ],
  ...['finance', 'one-stop', 'steering-committee'],
];
const HOUR_MS = 3_600_000;

/** Thirty officers: a leader and two others in nine units, two of the Front, and the chairperson. Some go on leave. */
export function thirtyOfficers(year: number): readonly Officer[] {
  const away = (from: string, to: string) => ({
    from: `${String(year)}-${from}`,
    to: `${String(year)}-${to}`,
  });
  const leaves: Readonly<Record<string, Pick<Officer, 'leave' | 'deputy'>>> = {
    'office-a': { leave: away('04-15', '04-19'), deputy: 'office-b' },
    'culture-information-a': { leave: away('06-10', '07-05'), deputy: 'culture-information-b' },
    // A deputy who is away at the same time, and nobody behind them.
    'culture-information-b': { leave: away('06-24', '07-05') },
    'one-stop-a': { leave: away('05-20', '05-31') },
    'steering-committee-z': { leave: away('03-25', '04-12'), deputy: 'steering-committee-b' },
  };
  const inUnits = [...UNITS, 'fatherland-front'].flatMap((unit) =>
    (unit === 'fatherland-front' ? ['a', 'z'] : ['a', 'b', 'z']).map((letter) => ({
      id: `${unit}-${letter}`,
      unit,
      isLeader: letter === 'z',
    })),
  );
  return [...inUnits, { id: 'chair', unit: 'chairperson', isLeader: true }].map((one) => ({
    ...one,
    ...leaves[one.id],
  }));
}

export const staffOf = ({ id, unit, isLeader, leave, deputy }: Officer): StaffMember =>
  member(id, {
    unitId: unit,
    roles: [unit === 'chairperson' ? 'chairperson' : isLeader ? 'leader' : 'handler'],
    ...(leave && { leave }),
    ...(deputy !== undefined && { deputyId: deputy }),
  });

const REACTIONS: readonly Reaction[] = ['nothing', 'nothing', 'nothing', 'seen', 'seen', 'done'];

/** By chance, and always the same. */
export const reactByChance: ReactionTo = (dutyId, instant) =>
  REACTIONS[(createHash('sha256').update(`${dutyId} ${instant}`).digest()[0] ?? 0) % REACTIONS.length] ??
  'nothing';

export interface SaidReminder {
  readonly line: string;
  readonly dutyId: string;
  readonly atMs: number;
  readonly text: string;
}

/** What one message held. */
export interface SaidMessage {
  readonly person: string;
  readonly atMs: number;
  readonly dutyIds: readonly string[];
}

export interface YearOptions {
  readonly year: number;
  /** A midnight at which it ends; the year's end unless told. */
  readonly untilMs?: number;
  readonly react?: ReactionTo;
  /** No tick runs in these times. */
  readonly down?: readonly { readonly fromMs: number; readonly untilMs: number }[];
  /** What a process started at a tick sees of the world; a new process comes after each crash. */
  readonly startProcess?: (app: App) => App;
}

/**
 * Lives a year on a clock that jumps to whatever is next: a reminder's time, an answer, the early morning at which the day's
 * duties are opened. A tick that throws is a crash, and a new process takes over at once.
 */
export async function liveYear({
  year,
  untilMs = atLocal(`${String(year + 1)}-01-01`, '00:00'),
  react = reactByChance,
  down = [],
  startProcess = (app) => app,
}: YearOptions) {
  const startMs = atLocal(`${String(year)}-01-01`, '00:00');
  const setting = await dutyWorld({ nowMs: startMs, staff: thirtyOfficers(year).map(staffOf), plan });
  const { app, world, rows } = setting;
  const said: SaidReminder[] = [];
  const messages: SaidMessage[] = [];
  const answers: {
    readonly atMs: number;
    readonly dutyId: string;
    readonly by: string;
    readonly kind: Reaction;
  }[] = [];
  let tick = createDutyClock(startProcess(app));
  let read = 0;

  async function tickOnce(): Promise<void> {
    for (let crashes = 0; crashes < 20; crashes += 1) {
      try {
        await tick();
        break;
      } catch {
        tick = createDutyClock(startProcess(app));
      }
    }
    const fresh = rows.slice(read).filter((id) => id.startsWith('duty.'));
    read = rows.length;
    const answered = new Set<string>();
    const instant = human(world.nowMs);
    for (const id of fresh) {
      const row = await app.deliveries.get(id);
      const subject = row?.prompt?.subject;
      if (subject?.kind !== 'duty' && subject?.kind !== 'duty-list') throw new Error(`${id} tells nothing`);
      const person = id.split('.').at(-1) ?? '';
      const tells = (subject.reminders ?? []).map((one) => one.split('.').slice(0, -1).join('.'));
      messages.push({ person, atMs: world.nowMs, dutyIds: tells });
      for (const dutyId of tells) {
        const text = await partAbout(dutyId, row?.message?.text ?? '');
        said.push({ line: `${instant} ${dutyId} ${person}`, dutyId, atMs: world.nowMs, text });
        if (!answered.has(dutyId))
          answers.push({ atMs: world.nowMs + HOUR_MS, dutyId, by: person, kind: react(dutyId, instant) });
        answered.add(dutyId);
      }
    }
  }

  /** Of a list the line of this duty; of two of one name the days tell which. */
  async function partAbout(dutyId: string, text: string): Promise<string> {
    const duty = await app.duties.get(dutyId);
    if (!duty) return text;
    const days = [duty.dueAtMs, endOfDay(duty.targetDate)].map(shortDate);
    const line = text
      .split('\n')
      .find(
        (one) => /^\d+\. /u.test(one) && one.includes(duty.title) && days.some((day) => one.includes(day)),
      );
    return line ?? text;
  }

  async function answer({ dutyId, by, kind, atMs }: (typeof answers)[number]): Promise<void> {
    const duty = await app.duties.get(dutyId);
    const person = world.staff.find(({ id }) => id === by);
    if (!duty || !person || kind === 'nothing') return;
    const what =
      kind === 'seen' ? ({ kind: 'acknowledge' } as const) : ({ kind: 'done', proof: null } as const);
    const standsInFor = world.staff.map(({ id }) => id);
    const after = answerDuty(duty, what, { ...person, standsInFor }, `${by} ${String(atMs)}`, atMs, calendar);
    if ('duty' in after) await app.duties.save(after.duty, duty.rev);
  }

  const whenUp = (ms: number): number =>
    down.find(({ fromMs, untilMs }) => ms >= fromMs && ms < untilMs)?.untilMs ?? ms;
  let morningMs = startMs;
  while (world.nowMs < untilMs) {
    await tickOnce();
    const [next] = await app.duties.due(Number.MAX_SAFE_INTEGER, 1);
    if (world.nowMs >= morningMs) morningMs = atLocal(addDays(localDateOf(morningMs), 1), '00:00');
    answers.sort((a, b) => a.atMs - b.atMs);
    const toTickMs = whenUp(Math.min(morningMs, Math.max(world.nowMs + 1, next?.nextAtMs ?? Infinity)));
    while ((answers[0]?.atMs ?? Infinity) <= toTickMs) {
      const given = answers.shift();
      if (given) await answer(given);
    }
    world.nowMs = toTickMs;
  }
  return { said, messages, lines: said.map(({ line }) => line), duties: await app.duties.list() };
}
