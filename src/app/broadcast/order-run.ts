import { countRecipients, totalRecipients } from '#src/domain/broadcast/audience.ts';
import { consentHold, libraryConsent } from '#src/domain/broadcast/consent.ts';
import { hashed } from '#src/domain/broadcast/approval.ts';
import { type Audience, type BroadcastRun, EVERYONE, newRun } from '#src/domain/run.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { BroadcastPorts } from './ports.ts';
import { renderRun } from './render-run.ts';

export interface RunOrder {
  /** Ordering the same id again changes nothing. */
  readonly id: string;
  readonly postId: string;
  readonly authorId: string;
  readonly approverId: string;
  readonly sendAtMs: number;
  /** Everyone unless told. */
  readonly audience?: Audience;
}

export type Ordered =
  | { readonly kind: 'ordered'; readonly run: BroadcastRun }
  | {
      readonly kind:
        | 'no-plan'
        | 'unknown-post'
        | 'unknown-author'
        | 'unknown-approver'
        | 'not-editor'
        | 'not-approver'
        | 'same-person'
        | 'nobody'
        /** The post names a person, and outside chat there is nowhere to record that person's consent. */
        | 'no-consent';
    };

/**
 * A post ordered with both names on it, outside chat: scheduled at once. Two people all the same: whoever types the
 * command vouches for what the two have agreed.
 */
export async function orderRun(ports: BroadcastPorts, order: RunOrder): Promise<Ordered> {
  const current = await ports.plans.current();
  if (!current) return { kind: 'no-plan' };
  const post = current.posts.find((one) => one.id === order.postId);
  if (!post) return { kind: 'unknown-post' };
  const people = await twoPeople(ports, order);
  if (people.kind !== 'people') return people;
  const addressed = { topicId: post.topicId, audience: order.audience ?? EVERYONE };
  const counts = countRecipients(current.plan, addressed, await ports.destinations.census());
  if (totalRecipients(counts) === 0) return { kind: 'nobody' };
  const consent = libraryConsent(post);
  if (consentHold(current.plan, { topicId: post.topicId, consent })) return { kind: 'no-consent' };
  const words = { title: post.title, body: post.body, photoIds: [], documentId: null };
  const renderings = await renderRun(ports, current.plan, words);
  const nowMs = ports.clock.nowMs();
  const ordered = hashed(
    newRun({
      id: order.id,
      ...addressed,
      postId: post.id,
      title: post.title,
      body: post.body,
      consent,
      renderings,
      contentHash: '',
      authorId: people.author.id,
      approverId: people.approver.id,
      approvedAtMs: nowMs,
      sendAtMs: order.sendAtMs,
      // Two people have agreed on the hour itself.
      anyHour: true,
      state: 'scheduled',
      createdAtMs: nowMs,
    }),
    ports.hash,
  );
  const run = await ports.runs.create({ ...ordered, approvedHash: ordered.contentHash });
  await ports.audit.record({
    id: `${order.id}.ordered`,
    atMs: nowMs,
    by: people.author.id,
    action: 'run-ordered',
    subject: order.id,
    reason: `approved by ${people.approver.id}`,
  });
  return { kind: 'ordered', run };
}

type People =
  | { readonly kind: 'people'; readonly author: StaffMember; readonly approver: StaffMember }
  | Exclude<Ordered, { kind: 'ordered' }>;

async function twoPeople(ports: BroadcastPorts, order: RunOrder): Promise<People> {
  const [author, approver] = await Promise.all([
    ports.staff.get(order.authorId),
    ports.staff.get(order.approverId),
  ]);
  if (!author) return { kind: 'unknown-author' };
  if (!approver) return { kind: 'unknown-approver' };
  if (author.id === approver.id) return { kind: 'same-person' };
  if (!hasRole(author, 'editor')) return { kind: 'not-editor' };
  if (!hasRole(approver, 'approver')) return { kind: 'not-approver' };
  return { kind: 'people', author, approver };
}
