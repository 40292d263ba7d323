import { listNumber } from '#src/domain/conversation/choices.ts';
import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { notifyChat } from '../send/notify.ts';
import { approvalNotice } from './ask-approval.ts';
import { staffName } from '../present.ts';
import { answer, asker, type BroadcastPorts, runWhen } from './ports.ts';
import { seriesNotice } from './series/ask-series-approval.ts';
import { firstDates } from './series/first-dates.ts';

const WEEK_MS = 7 * DAY_MS;
const WAITING_AT_ONCE = 200;
/** More than that nobody looks through in one message; the rest comes once these are decided. */
const SHOWN = 20;

interface Waiting {
  readonly id: string;
  readonly contentHash: string;
  readonly title: string;
  readonly authorId: string;
  readonly when: string;
}

/**
 * All that was handed in for the coming week and waits for an approval, but what this approver wrote: one is opened by
 * its number, or all are approved, each under the hash that was listed here.
 */
export async function listApprovals(ports: BroadcastPorts, context: EffectContext): Promise<void> {
  const approver = await asker(ports, context);
  if (!approver || !hasRole(approver, 'approver'))
    return answer(ports, context, { key: 'common.notAllowed' });
  const waiting = (await waitingFor(ports, approver)).slice(0, SHOWN);
  if (waiting.length === 0) return answer(ports, context, { key: 'approvals.none' });
  const lines = await Promise.all(waiting.map((item, index) => line(ports, item, index)));
  const opened = waiting.map((item, index) => ({
    number: listNumber(index),
    value: item.id,
    label: item.title.slice(0, 60),
  }));
  const all = {
    number: listNumber(waiting.length),
    value: 'all',
    label: ports.texts.render({ key: 'approvals.all', params: { count: waiting.length } }),
  };
  await notifyChat(ports, {
    id: context.id,
    chat: context.conversation.chat,
    text: { key: 'approvals.heading', params: { lines: lines.join('\n') } },
    prompt: {
      id: `${context.id}.approvals`,
      subject: {
        kind: 'approvals',
        items: waiting.map(({ id, contentHash }) => ({ runId: id, contentHash })),
      },
      choices: [...opened, all],
    },
    // The posts stand in the text with their numbers.
    written: [all],
    lane: 'reply',
    dueAtMs: ports.clock.nowMs(),
  });
}

async function waitingFor(ports: BroadcastPorts, approver: StaffMember): Promise<readonly Waiting[]> {
  const untilMs = ports.clock.nowMs() + WEEK_MS;
  const runs = await ports.runs.inState('submitted', WAITING_AT_ONCE);
  const series = await ports.series.inState('submitted', WAITING_AT_ONCE);
  return [
    ...runs
      .filter((run) => run.sendAtMs < untilMs)
      .map((run): Waiting => ({ ...run, when: runWhen(ports, run) })),
    ...series.map((one): Waiting => ({ ...one, when: firstDates(ports, one.rule) })),
  ].filter((item) => item.authorId !== approver.id);
}

async function line(ports: BroadcastPorts, item: Waiting, index: number): Promise<string> {
  const author = await ports.staff.get(item.authorId);
  return ports.texts.render({
    key: 'approvals.line',
    params: {
      number: listNumber(index),
      title: item.title,
      author: author ? staffName(author) : '',
      when: item.when,
    },
  });
}

/** Puts the question about one again, with all of it above: the answer is of what is shown here. */
export async function openApproval(ports: BroadcastPorts, context: EffectContext, id: string): Promise<void> {
  const run = await ports.runs.get(id);
  const series = run ? null : await ports.series.get(id);
  const author = await ports.staff.get((run ?? series)?.authorId ?? '');
  if (!author || (run ?? series)?.state !== 'submitted')
    return answer(ports, context, { key: 'approvals.decided' });
  const notice = run
    ? await approvalNotice(ports, run, author)
    : series && seriesNotice(ports, series, author);
  if (!notice) return;
  await notifyChat(ports, {
    ...notice,
    id: context.id,
    // Of its own id, so that it is the newest question here.
    prompt: {
      ...notice.prompt,
      id: `${context.id}.ask`,
      choices: notice.prompt.choices.map((choice) =>
        choice.value === 'approve'
          ? { ...choice, label: approveThis(ports, (run ?? series)?.title ?? '') }
          : choice,
      ),
    },
    chat: context.conversation.chat,
    lane: 'reply',
    dueAtMs: ports.clock.nowMs(),
  });
}

/** Zalo sends a tapped button's label back: it names the post, so that it approves no other one. */
const LABEL_LETTERS = 20;

function approveThis(ports: BroadcastPorts, title: string): string {
  const named = ports.texts.render({ key: 'approvals.approveThis', params: { title } });
  return named.length <= LABEL_LETTERS ? named : `${named.slice(0, LABEL_LETTERS - 1).trimEnd()}…`;
}
