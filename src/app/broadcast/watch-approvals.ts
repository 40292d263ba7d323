import { addWorkingMinutes } from '#src/domain/calendar/calendar.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { type BroadcastRun, isImmediate } from '#src/domain/run.ts';
import type { Series } from '#src/domain/series.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { notifyStaff } from '../send/notify.ts';
import { approvalNotice, askApproval } from './ask-approval.ts';
import { type ApprovalNotice, askApprovers, askedAs } from './ask-approvers.ts';
import { staffInCharge } from './in-charge.ts';
import type { BroadcastPorts } from './ports.ts';
import { askSeriesApproval, seriesNotice } from './series/ask-series-approval.ts';
import { whenOf } from './tell-schedule.ts';

const WAITING_AT_ONCE = 200;

/**
 * Looks after posts that wait for an approval: who may approve is asked once more after the plan's working minutes; when
 * the hour of a post comes and nobody has approved it, its author and the approvers hear that it does not go out. Each is
 * said once for one content and one hour. Safe to run twice.
 */
export async function watchApprovals(ports: BroadcastPorts, signal?: AbortSignal): Promise<void> {
  const runs = await ports.runs.inState('submitted', WAITING_AT_ONCE);
  const series = await ports.series.inState('submitted', WAITING_AT_ONCE);
  const current = runs.length + series.length > 0 ? await ports.plans.current() : null;
  if (!current) return;
  const { nudgeAfterWorkingMinutes } = current.plan.broadcasting;
  const nowMs = ports.clock.nowMs();
  const isOld = ({ createdAtMs }: Pick<BroadcastRun, 'createdAtMs'>): boolean =>
    addWorkingMinutes(ports.calendar, createdAtMs, nudgeAfterWorkingMinutes).endMs <= nowMs;
  const someAway = (await ports.staff.onLeave(localDateOf(nowMs))).length > 0;
  for (const run of runs) {
    if (signal?.aborted) return;
    const author = await ports.staff.get(run.authorId);
    if (!author) continue;
    // A deputy who has just begun to stand in has not been asked yet; nobody is asked twice.
    if (someAway) await askApproval(ports, run, author);
    if (!isImmediate(run) && run.sendAtMs <= nowMs) await tellDue(ports, run, author);
    else if (isOld(run)) await nudge(ports, run, await approvalNotice(ports, run, author));
  }
  for (const one of series) {
    if (signal?.aborted) return;
    const author = await ports.staff.get(one.authorId);
    if (!author) continue;
    if (someAway) await askSeriesApproval(ports, one, author);
    if (isOld(one)) await nudge(ports, one, seriesNotice(ports, one, author));
  }
}

/** The whole question again: nobody has to look for it, or approves what they have not before their eyes. */
async function nudge(
  ports: BroadcastPorts,
  item: BroadcastRun | Series,
  notice: ApprovalNotice,
): Promise<void> {
  const id = `${item.id}.nudge.${askedAs(item)}`;
  await askAgain(ports, item, { id, key: 'approvals.nudge', params: {} }, notice);
}

async function tellDue(ports: BroadcastPorts, run: BroadcastRun, writer: StaffMember): Promise<void> {
  const id = `${run.id}.due.${String(run.sendAtMs)}`;
  const when = whenOf(ports, run.sendAtMs);
  const author = await staffInCharge(ports, run);
  if (author)
    await notifyStaff(ports, {
      id: `${id}.author`,
      staff: author,
      text: { key: 'approvals.due', params: { title: run.title, when } },
      lane: 'reminder',
      dueAtMs: ports.clock.nowMs(),
    });
  const notice = await approvalNotice(ports, run, writer);
  await askAgain(ports, run, { id, key: 'approvals.dueAsk', params: { when } }, notice);
}

interface Again {
  readonly id: string;
  readonly key: string;
  readonly params: Readonly<Record<string, string>>;
}

async function askAgain(
  ports: BroadcastPorts,
  { authorId, title }: BroadcastRun | Series,
  { id, key, params }: Again,
  { text, ...notice }: ApprovalNotice,
): Promise<void> {
  const again = { key, params: { ...params, title, question: ports.texts.render(text) } };
  await askApprovers(ports, authorId, { ...notice, text: again }, id);
}
