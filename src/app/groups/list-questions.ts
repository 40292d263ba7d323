import { questionList } from '#src/domain/broadcast/question-list.ts';
import { addDays, atLocal, DAY_MS, localDateOf, localTimeOf } from '#src/domain/calendar/local-time.ts';
import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import type { App } from '../app.ts';
import type { GroupQuestion } from '../ports/stores.ts';
import { shortDate } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';

const MOST = 1_000;
/** What no editor could be told of for so long is forgotten: nobody can answer it any more. */
const KEPT_MS = 7 * DAY_MS;

type Ports = Pick<
  App,
  'questions' | 'deliveries' | 'destinations' | 'staff' | 'plans' | 'texts' | 'wake' | 'log' | 'clock'
>;

/**
 * At the plan's hour each editor gets, in one message, what was asked in the groups since the last time; an admin where no
 * editor has joined. The list goes into the ledger, under the day's id, before the words are forgotten: run twice, it says
 * nothing twice and loses nothing.
 */
export async function listQuestions(ports: Ports): Promise<void> {
  const plan = (await ports.plans.current())?.plan;
  if (!plan) return;
  const nowMs = ports.clock.nowMs();
  const cutoffMs = lastTime(nowMs, plan.broadcasting.questionsAt);
  const waiting = await ports.questions.before(cutoffMs, MOST);
  if (waiting.length === 0) return;
  const fresh = waiting.filter(({ atMs }) => atMs > nowMs - KEPT_MS);
  const told = fresh.length === 0 || (await tell(ports, cutoffMs, fresh));
  const done = told ? waiting : waiting.filter((one) => !fresh.includes(one));
  await ports.questions.forget(done.map(({ id }) => id));
}

function lastTime(nowMs: number, time: string): number {
  const today = localDateOf(nowMs);
  const todayMs = atLocal(today, time);
  return todayMs <= nowMs ? todayMs : atLocal(addDays(today, -1), time);
}

/** Whether anybody hears of it. */
async function tell(ports: Ports, cutoffMs: number, questions: readonly GroupQuestion[]): Promise<boolean> {
  const groups = await byGroup(ports, questions);
  const list = questionList(
    (ref) => ports.texts.render(ref),
    { time: localTimeOf(cutoffMs), date: shortDate(cutoffMs) },
    groups,
  );
  for (const role of ['editor', 'admin'] as const) {
    let told = 0;
    for (const staff of await ports.staff.withRole(role)) {
      const { kind } = await notifyStaff(ports, {
        id: `questions.${localDateOf(cutoffMs)}.${staff.id}`,
        staff,
        text: { key: 'group.questions.list', params: { list } },
        lane: 'reminder',
        dueAtMs: morningAfterNight(ports.clock.nowMs()),
      });
      if (kind !== 'no-contact') told += 1;
    }
    if (told > 0) return true;
  }
  return false;
}

async function byGroup(ports: Ports, questions: readonly GroupQuestion[]) {
  const ids = [...new Set(questions.map(({ groupId }) => groupId))];
  const titles = new Map((await ports.destinations.many(ids)).map(({ id, title }) => [id, title]));
  return ids.map((id) => ({
    title: titles.get(id) ?? '',
    questions: questions.filter(({ groupId }) => groupId === id).map(({ words }) => words),
  }));
}
