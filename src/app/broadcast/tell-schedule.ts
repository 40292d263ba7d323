import type { Placement } from '#src/domain/broadcast/hours.ts';
import { whenWords } from '#src/domain/broadcast/labels.ts';
import { localDateOf, MINUTE_MS } from '#src/domain/calendar/local-time.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { PromptToOpen } from '#src/domain/outbound.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { notifyStaff } from '../send/notify.ts';
import { staffInCharge } from './in-charge.ts';
import type { BroadcastPorts } from './ports.ts';

/** The schedule itself, in the audit log: nobody asked for it. */
export const SCHEDULE = 'schedule';

/** A run that was missed goes out all the same, and the author hears how late. */
export async function tellLate(ports: BroadcastPorts, run: BroadcastRun, lateByMs: number): Promise<void> {
  await note(ports, `${run.id}.late`, run, 'run-late', `late by ${String(lateByMs)} ms`);
  await tell(ports, run, 'late', {
    key: 'schedule.late',
    params: {
      title: run.title,
      when: whenOf(ports, run.sendAtMs),
      late: span(ports, lateByMs),
    },
  });
}

/** Its time is over: it stays here, and one tap sends it today. */
export async function tellExpired(ports: BroadcastPorts, run: BroadcastRun): Promise<void> {
  const hour = String(run.sendAtMs);
  await note(ports, `${run.id}.expired.${hour}`, run, 'run-expired');
  const id = `${run.id}.expired.${hour}`;
  const prompt: PromptToOpen = {
    id,
    subject: { kind: 'run', runId: run.id },
    choices: [
      { number: '1', value: 'send-today', label: ports.texts.render({ key: 'schedule.choice.sendToday' }) },
    ],
  };
  const text = {
    key: 'schedule.expired',
    params: { title: run.title, when: whenOf(ports, run.sendAtMs) },
  };
  await tell(ports, run, `expired.${hour}`, text, prompt);
}

/** The rules of time moved it: to when, and why. */
export async function tellMoved(ports: BroadcastPorts, run: BroadcastRun, to: Placement): Promise<void> {
  const id = `moved.${String(to.atMs)}`;
  await note(ports, `${run.id}.${id}`, run, 'run-moved', `${to.why ?? ''} ${localDateOf(to.atMs)}`.trim());
  await tell(ports, run, id, {
    key: `schedule.moved.${to.why ?? 'full'}`,
    params: { title: run.title, when: whenOf(ports, to.atMs), reason: to.reason ?? '' },
  });
}

async function tell(
  ports: BroadcastPorts,
  run: BroadcastRun,
  suffix: string,
  text: TextRef,
  prompt?: PromptToOpen,
): Promise<void> {
  const author = await staffInCharge(ports, run);
  if (!author) return;
  await notifyStaff(ports, {
    id: `${run.id}.${suffix}`,
    staff: author,
    text,
    ...(prompt ? { prompt } : {}),
    lane: 'reminder',
    dueAtMs: ports.clock.nowMs(),
  });
}

async function note(
  ports: BroadcastPorts,
  id: string,
  run: BroadcastRun,
  action: string,
  reason?: string,
): Promise<void> {
  await ports.audit.record({
    id: `audit.${id}`,
    atMs: ports.clock.nowMs(),
    by: SCHEDULE,
    action,
    subject: run.id,
    ...(reason === undefined ? {} : { reason }),
  });
}

export function whenOf(ports: Pick<BroadcastPorts, 'texts'>, atMs: number): string {
  return whenWords((ref) => ports.texts.render(ref), atMs);
}

/** "2 giờ 5 phút", "40 phút". */
function span(ports: Pick<BroadcastPorts, 'texts'>, ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  const params = { hours, minutes: minutes % 60 };
  if (hours === 0) return ports.texts.render({ key: 'schedule.span.minutes', params });
  return ports.texts.render({
    key: params.minutes === 0 ? 'schedule.span.hours' : 'schedule.span.both',
    params,
  });
}
