import { addWorkingDays } from '#src/domain/calendar/calendar.ts';
import { addDays, atLocal, DAY_MS, localDateOf } from '#src/domain/calendar/local-time.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { notifyChat } from '../../send/notify.ts';
import type { BroadcastPorts } from '../ports.ts';
import { saidPrompt } from './hand-to-chair.ts';

const ASKED_AT = '08:00';
/** A question that comes later than this is no help to anybody. */
const CATCH_UP_MS = 3 * DAY_MS;
/** Long enough for the longest row of days off. */
const LOOK_BACK_DAYS = 20;

type Ports = Pick<BroadcastPorts, 'runs' | 'deliveries' | 'texts' | 'wake' | 'log' | 'clock' | 'calendar'>;

/**
 * Asks a chair who has not said whether a post was spoken of, once, at 08:00 of the next working day after the meeting; then
 * never again. The id is made of the row's: run twice, it asks nobody twice.
 */
export async function askChairs(ports: Ports, signal?: AbortSignal): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const today = localDateOf(nowMs);
  for (const run of await ports.runs.withMeetingIn(addDays(today, -LOOK_BACK_DAYS), today)) {
    if (signal?.aborted) return;
    if (!run.meeting || (run.state !== 'done' && run.state !== 'sending')) continue;
    const askAtMs = atLocal(addWorkingDays(ports.calendar, run.meeting.day, 1), ASKED_AT);
    if (nowMs < askAtMs || nowMs > askAtMs + CATCH_UP_MS) continue;
    for (const row of await ports.deliveries.unreported(run.id, 'meeting', 1)) await ask(ports, run, row);
  }
}

async function ask(ports: Ports, run: BroadcastRun, row: Delivery): Promise<void> {
  if (row.target.kind !== 'chat' || !run.meeting) return;
  const id = `${row.id}.silent`;
  const prompt = saidPrompt(ports, id, row.id);
  const no = { number: '2', value: 'not-said', label: ports.texts.render({ key: 'spoken.notSaid' }) };
  await notifyChat(ports, {
    id,
    chat: row.target.chat,
    text: { key: 'spoken.askChairAgain', params: { title: run.title, meeting: run.meeting.name } },
    prompt: { ...prompt, choices: [...prompt.choices, no] },
    lane: 'reminder',
    dueAtMs: ports.clock.nowMs(),
  });
}
