import type { BroadcastRun } from '../run.ts';
import { hasRole, type StaffMember } from '../staff.ts';

export type ApprovalRefusal = 'not-approver' | 'own-post' | 'changed' | 'not-waiting';

/**
 * May this person approve this run, having seen the content of `seenHash`? Two people always: an author never approves
 * their own post. An approval is of a hash: what was changed since it was shown must be shown again.
 */
export function refuseApproval(
  run: BroadcastRun,
  staff: StaffMember,
  seenHash: string | null,
): ApprovalRefusal | null {
  if (!hasRole(staff, 'approver')) return 'not-approver';
  if (staff.id === run.authorId) return 'own-post';
  if (run.state !== 'submitted') return 'not-waiting';
  if (seenHash !== null && seenHash !== run.contentHash) return 'changed';
  return null;
}

/** Checked again before anything goes out: approved, by somebody else, and of exactly this content. */
export function isApproved(run: BroadcastRun): boolean {
  return run.approverId !== null && run.approverId !== run.authorId && run.approvedHash === run.contentHash;
}
