import type { Audience, BroadcastRun } from '../run.ts';
import { hasRole, type StaffMember } from '../staff.ts';
import { canonical } from '../text/canonical.ts';

/** SHA-256 in hexadecimal; comes in, as the domain has none. */
export type Hash = (words: string) => string;

export type ApprovalRefusal = 'not-approver' | 'own-post' | 'changed' | 'not-waiting';

/** What is approved: a run, or a series of runs. */
export interface ToApprove {
  readonly authorId: string;
  readonly state: string;
  readonly contentHash: string;
}

/**
 * May this person approve this, having seen the content of `seenHash`? Two people always: an author never approves
 * their own post. An approval is of a hash: what was changed since it was shown must be shown again.
 */
export function refuseApproval(
  item: ToApprove,
  staff: StaffMember,
  seenHash: string | null,
): ApprovalRefusal | null {
  if (!hasRole(staff, 'approver')) return 'not-approver';
  if (staff.id === item.authorId) return 'own-post';
  if (seenHash !== null && seenHash !== item.contentHash) return 'changed';
  return item.state === 'submitted' ? null : 'not-waiting';
}

export type Approvable = Pick<
  BroadcastRun,
  | 'kind'
  | 'topicId'
  | 'title'
  | 'body'
  | 'photoIds'
  | 'documentId'
  | 'link'
  | 'sources'
  | 'validFrom'
  | 'validTo'
  | 'consent'
  | 'supersedes'
  | 'audience'
  | 'renderings'
  | 'corrects'
  | 'meeting'
>;

/**
 * Everything an approval is of: what goes out in each form, and to whom. The hour is not in it: moving one going-out is
 * told to the approver and leaves the approval.
 */
export function contentHash(run: Approvable, hash: Hash): string {
  const { kind, topicId, title, body, photoIds, documentId, renderings, corrects } = run;
  const { sources, validFrom, validTo, consent, supersedes } = run;
  const audience = inOrder(run.audience);
  const post = { title, body, photoIds, documentId, sources, validFrom, validTo, consent };
  // Left out where there is none, as in runs that were approved before posts could have one.
  const instead = {
    ...(supersedes === null ? {} : { supersedes }),
    ...(run.link === null ? {} : { link: run.link }),
    ...(run.meeting === null ? {} : { meeting: run.meeting }),
  };
  return hash(canonical({ kind, topicId, ...post, ...instead, audience, renderings, corrects }));
}

/** The order in which an audience was named says nothing. */
function inOrder({ channels, neighbourhoods, groups }: Audience): Audience {
  return {
    channels: channels?.toSorted() ?? null,
    neighbourhoods: neighbourhoods?.toSorted() ?? null,
    groups: groups?.toSorted() ?? null,
  };
}

/** The run with the hash of what it holds. */
export function hashed(run: BroadcastRun, hash: Hash): BroadcastRun {
  return { ...run, contentHash: contentHash(run, hash) };
}

/**
 * Checked again before anything goes out, on the content itself and not on what is noted beside it: approved, by somebody
 * else, and exactly this.
 */
export function isApproved(run: BroadcastRun, hash: Hash): boolean {
  return (
    run.approverId !== null &&
    run.approverId !== run.authorId &&
    run.approvedHash === run.contentHash &&
    run.contentHash === contentHash(run, hash)
  );
}
