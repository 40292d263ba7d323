import { addWorkingDays } from '#src/domain/calendar/calendar.ts';
import { addDays, atLocal, DAY_MS, localDateOf } from '#src/domain/calendar/local-time.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import type { App } from '../app.ts';
import { notifyChat } from '../send/notify.ts';
import { MAX_TRIES } from './ports.ts';

const ASKED_AT = '08:00';
/** A question that comes later than this is no help to anybody. */
const CATCH_UP_MS = 3 * DAY_MS;
/** Long enough for the longest row of days off. */
const LOOK_BACK_DAYS = 20;
const HEADS = 500;

type Ports = Pick<
  App,
  'runs' | 'deliveries' | 'destinations' | 'texts' | 'wake' | 'log' | 'clock' | 'calendar'
>;

/**
 * Asks heads who have not said whether they forwarded a post, once, at 08:00 of the next working day; then never again.
 * The questions go out before the run is marked, under ids made of the rows': run twice, it asks nobody twice.
 */
export async function askSilentHeads(ports: Ports, signal?: AbortSignal): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const today = localDateOf(nowMs);
  for (const run of await ports.runs.startedIn(addDays(today, -LOOK_BACK_DAYS), today)) {
    if (signal?.aborted) return;
    if (run.startedOn === null || run.relaysAskedAtMs !== null) continue;
    // A post that was corrected or stopped is not to be passed on any more.
    if (run.state !== 'done' && run.state !== 'sending') continue;
    const askAtMs = atLocal(addWorkingDays(ports.calendar, run.startedOn, 1), ASKED_AT);
    if (nowMs < askAtMs || nowMs > askAtMs + CATCH_UP_MS) continue;
    for (const row of await ports.deliveries.unreported(run.id, 'relay', HEADS)) await ask(ports, run, row);
    await markAsked(ports, run.id, nowMs);
  }
}

async function ask(ports: Ports, run: BroadcastRun, row: Delivery): Promise<void> {
  if (row.target.kind !== 'destination') return;
  const destination = await ports.destinations.get(row.target.destinationId);
  if (destination?.state !== 'active') return;
  await notifyChat(ports, {
    id: `${row.id}.silent`,
    chat: destination.chat,
    text: { key: 'coverage.askHead', params: { title: run.title } },
    prompt: {
      id: `${row.id}.silent`,
      subject: { kind: 'relay', deliveryId: row.id },
      choices: [{ number: '1', value: 'done', label: ports.texts.render({ key: 'broadcast.relay.done' }) }],
    },
    lane: 'reminder',
    dueAtMs: ports.clock.nowMs(),
  });
}

async function markAsked(ports: Ports, runId: string, nowMs: number): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(runId);
    if (!run || run.relaysAskedAtMs !== null) return;
    if ((await ports.runs.update(runId, run.rev, { relaysAskedAtMs: nowMs })) === 'saved') return;
  }
  throw new Error(`run ${runId} keeps changing`);
}
