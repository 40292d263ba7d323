import { addWorkingMinutes } from '#src/domain/calendar/calendar.ts';
import { type BroadcastRun, isImmediate } from '#src/domain/run.ts';
import { notifyStaff } from '../send/notify.ts';
import { approvalNotice } from './ask-approval.ts';
import { askApprovers, askedAs } from './ask-approvers.ts';
import { staffInCharge } from './in-charge.ts';
import type { BroadcastPorts } from './ports.ts';
import { whenOf } from './tell-schedule.ts';

const WAITING_AT_ONCE = 200;

/**
 * Looks after posts that wait for an approval: who may approve is asked once more after the plan's working minutes; when
 * the hour of a post comes and nobody has approved it, its author and the approvers hear that it does not go out. Each is
 * said once for one content and one hour. Safe to run twice.
 */
export async function watchApprovals(ports: BroadcastPorts, signal?: AbortSignal): Promise<void> {
  const waiting = await ports.runs.inState('submitted', WAITING_AT_ONCE);
  const current = waiting.length > 0 ? await ports.plans.current() : null;
  if (!current) return;
  const { nudgeAfterWorkingMinutes } = current.plan.broadcasting;
  const nowMs = ports.clock.nowMs();
  for (const run of waiting) {
    if (signal?.aborted) return;
    const isDue = !isImmediate(run) && run.sendAtMs <= nowMs;
    const nudgeAtMs = addWorkingMinutes(ports.calendar, run.createdAtMs, nudgeAfterWorkingMinutes).endMs;
    if (isDue) await tellDue(ports, run);
    else if (nudgeAtMs <= nowMs) await nudge(ports, run);
  }
}

/** The whole question again: nobody has to look for it, or approves what they have not before their eyes. */
async function nudge(ports: BroadcastPorts, run: BroadcastRun): Promise<void> {
  await askAgain(ports, run, `${run.id}.nudge.${askedAs(run)}`, 'approvals.nudge');
}

async function tellDue(ports: BroadcastPorts, run: BroadcastRun): Promise<void> {
  const id = `${run.id}.due.${String(run.sendAtMs)}`;
  const author = await staffInCharge(ports, run);
  if (author)
    await notifyStaff(ports, {
      id: `${id}.author`,
      staff: author,
      text: { key: 'approvals.due', params: { title: run.title, when: whenOf(ports, run.sendAtMs) } },
      lane: 'reminder',
      dueAtMs: ports.clock.nowMs(),
    });
  await askAgain(ports, run, id, 'approvals.dueAsk');
}

async function askAgain(ports: BroadcastPorts, run: BroadcastRun, id: string, key: string): Promise<void> {
  const author = await ports.staff.get(run.authorId);
  if (!author) return;
  const { text, ...notice } = await approvalNotice(ports, run, author);
  const params = {
    title: run.title,
    when: whenOf(ports, run.sendAtMs),
    question: ports.texts.render(text),
  };
  await askApprovers(ports, run.authorId, { ...notice, text: { key, params } }, id);
}
