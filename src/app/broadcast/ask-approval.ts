import { meetingWords } from '#src/domain/broadcast/meeting.ts';
import { consentWords } from '#src/domain/broadcast/consent.ts';
import { originWords } from '#src/domain/broadcast/origin.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import { type BroadcastRun, wordsOf } from '#src/domain/run.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { type ApprovalNotice, approvalPrompt, askApprovers } from './ask-approvers.ts';
import { staffName } from '../present.ts';
import { runWhen, type BroadcastPorts } from './ports.ts';
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
  return askApprovers(ports, author.id, await approvalNotice(ports, run, author));
}

/** The question with all that it is about. */
export async function approvalNotice(
  ports: BroadcastPorts,
  run: BroadcastRun,
  author: StaffMember,
): Promise<ApprovalNotice> {
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
  if (run.meeting) {
    const meeting = meetingWords((ref) => ports.texts.render(ref), current.plan, run.meeting);
    const chair = await ports.staff.get(run.meeting.chairId);
    const names = { meeting, chair: chair ? staffName(chair) : '' };
    return { key: 'spoken.askApproval', params: { ...params, ...names, origin } };
  }
  const reach = await reachOf(ports, current.plan, run);
  return { key: 'broadcast.approval.ask', params: { ...params, ...reach, origin } };
}
