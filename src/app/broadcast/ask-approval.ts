import { consentWords } from '#src/domain/broadcast/consent.ts';
import { originWords } from '#src/domain/broadcast/origin.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { PromptToOpen } from '#src/domain/outbound.ts';
import { type BroadcastRun, wordsOf } from '#src/domain/run.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { notifyStaff } from '../send/notify.ts';
import { runWhen, staffName, type BroadcastPorts } from './ports.ts';
import { reachOf } from './reach.ts';

/**
 * Asks every approver but the author, with the post itself above the question: nobody approves what they have not been
 * shown. Answers how many were asked. Run again, it asks nobody twice.
 */
export async function askApproval(
  ports: BroadcastPorts,
  run: BroadcastRun,
  author: StaffMember,
): Promise<number> {
  const approvers = (await ports.staff.withRole('approver')).filter((one) => one.id !== author.id);
  const notice = await approvalNotice(ports, run, author);
  let asked = 0;
  for (const approver of approvers) {
    const notified = await notifyStaff(ports, {
      // Changed words are another question; the old one answers that they were changed.
      id: `${notice.prompt.id}.${approver.id}`,
      staff: approver,
      ...notice,
      lane: 'reminder',
      dueAtMs: ports.clock.nowMs(),
    });
    if (notified.kind !== 'no-contact') asked += 1;
  }
  return asked;
}

/** The question with all that it is about. */
export async function approvalNotice(ports: BroadcastPorts, run: BroadcastRun, author: StaffMember) {
  const prompt = approvalPrompt(ports, run);
  return { text: await question(ports, run, author), prompt, photoIds: run.photoIds };
}

async function question(ports: BroadcastPorts, run: BroadcastRun, author: StaffMember): Promise<TextRef> {
  const params = {
    words: wordsOf(run.renderings.telegram),
    title: run.title,
    topic: run.topicId,
    author: staffName(author),
    when: runWhen(ports, run),
    consent: consentWords((ref) => ports.texts.render(ref), run.consent),
  };
  if (run.kind === 'correction')
    return { key: 'broadcast.correction.ask', params: { ...params, reason: run.reason ?? '' } };
  const current = await ports.plans.current();
  if (!current) throw new Error('no plan was imported');
  const origin = originWords((ref) => ports.texts.render(ref), run, current);
  const reach = await reachOf(ports, current.plan, run);
  return { key: 'broadcast.approval.ask', params: { ...params, ...reach, origin } };
}

/** The hash is of what was shown here: the answer approves that and nothing else. */
function approvalPrompt(ports: BroadcastPorts, run: BroadcastRun): PromptToOpen {
  return {
    id: `${run.id}.ask.${run.contentHash.slice(-12)}`,
    subject: { kind: 'approval', runId: run.id, contentHash: run.contentHash },
    choices: [
      {
        number: '1',
        value: 'approve',
        label: ports.texts.render({ key: 'broadcast.approval.approve' }),
      },
      { number: '2', value: 'return', label: ports.texts.render({ key: 'broadcast.approval.return' }) },
    ],
  };
}
