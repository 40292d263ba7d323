import { hasRole } from '../../staff.ts';
import type { AnswerPrompt, Command } from '../flow.ts';
import type { Effect, StepContext, StepResult } from '../types.ts';

const only = (...effects: readonly Effect[]): StepResult => ({ flow: null, effects });
const notAllowed = only({ kind: 'say', text: { key: 'common.notAllowed' } });
const mayApprove = ({ staff }: StepContext): boolean => staff !== null && hasRole(staff, 'approver');

/** "duyệt" alone is also the label of an open question, which it answers where only one post is asked about. */
export const approvalsCommand: Command = {
  words: ['duyet', 'duyet bai', 'duyet ca tuan', 'tra lai kem y kien'],
  run(context) {
    if (context.staff === null) return null;
    return mayApprove(context) ? only({ kind: 'list-approvals' }) : notAllowed;
  },
};

/** Values: the id of a run or a series; `all`, which is an approval of each by the hash that was listed. */
export const approvalsPrompt: AnswerPrompt = ({ subject }, value, context) => {
  if (subject.kind !== 'approvals') return null;
  if (!mayApprove(context)) return notAllowed;
  if (value !== 'all') return only({ kind: 'open-approval', runId: value });
  return only(
    ...subject.items.map(({ runId, contentHash }): Effect => ({ kind: 'approve-run', runId, contentHash })),
  );
};
