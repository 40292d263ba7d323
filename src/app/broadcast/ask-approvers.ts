import type { PromptToOpen } from '#src/domain/outbound.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import { notifyStaff } from '../send/notify.ts';
import { presentWith } from '../staff/acting.ts';
import type { BroadcastPorts } from './ports.ts';

/** The question with all that it is about. */
export interface ApprovalNotice {
  readonly text: TextRef;
  readonly prompt: PromptToOpen;
  readonly photoIds?: readonly string[];
}

/** Asks every approver but the author, and the deputies of those who are away. Answers how many were asked. Run again, it asks nobody twice: `id` names the question. */
export async function askApprovers(
  ports: Pick<BroadcastPorts, 'staff' | 'deliveries' | 'texts' | 'wake' | 'log' | 'clock'>,
  authorId: string,
  notice: ApprovalNotice,
  id = notice.prompt.id,
): Promise<number> {
  let asked = 0;
  for (const approver of await presentWith(ports, 'approver', authorId)) {
    const notified = await notifyStaff(ports, {
      ...notice,
      id: `${id}.${approver.id}`,
      prompt: { ...notice.prompt, id },
      staff: approver,
      lane: 'reminder',
      dueAtMs: ports.clock.nowMs(),
    });
    if (notified.kind !== 'no-contact') asked += 1;
  }
  return asked;
}

/** One handing-in of one content: changed words, or the same handed in again after a refusal, are another question. */
export function askedAs(item: { readonly contentHash: string; readonly createdAtMs: number }): string {
  return `${item.contentHash.slice(-12)}.${item.createdAtMs.toString(36)}`;
}

/** Question and buttons about one run or series: the answer approves what was shown, by its hash, and nothing else. */
export function approvalPrompt(
  { texts }: Pick<BroadcastPorts, 'texts'>,
  item: { readonly id: string; readonly contentHash: string; readonly createdAtMs: number },
): PromptToOpen {
  return {
    id: `${item.id}.ask.${askedAs(item)}`,
    subject: { kind: 'approval', runId: item.id, contentHash: item.contentHash },
    choices: [
      { number: '1', value: 'approve', label: texts.render({ key: 'broadcast.approval.approve' }) },
      { number: '2', value: 'return', label: texts.render({ key: 'broadcast.approval.return' }) },
      { number: '3', value: 'show', label: texts.render({ key: 'broadcast.approval.show' }) },
    ],
  };
}
