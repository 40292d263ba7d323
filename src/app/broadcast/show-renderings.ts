import { renderingParts } from '#src/domain/broadcast/message-parts.ts';
import { PART_LIMITS } from '#src/domain/broadcast/render-post.ts';
import type { RunDraft } from '#src/domain/conversation/types.ts';
import type { OutboundMessage } from '#src/domain/outbound.ts';
import { type Plan, TOPIC_CHANNELS } from '#src/domain/plan.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { hasRole } from '#src/domain/staff.ts';
import { type EffectContext, reply } from '../inbound/reply.ts';
import { answer, asker, type BroadcastPorts, currentPlan } from './ports.ts';
import { contentOf } from './run-content.ts';

type Post = Pick<BroadcastRun, 'topicId' | 'audience' | 'renderings' | 'consent'>;

const LIMITS = {
  telegram: PART_LIMITS.telegram,
  zalo: PART_LIMITS.zalo,
  relay: PART_LIMITS.either,
  loudspeaker: PART_LIMITS.either,
} as const;

/** A draft on each platform, in the very messages that go out there. */
export async function previewAll(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: RunDraft,
): Promise<void> {
  const plan = await currentPlan(ports);
  await show(ports, context, messagesOf(ports, plan, await contentOf(ports, context, draft)));
}

/** The same of what waits for an approval, with the paper on which a person who is named agreed; for approvers and its author. */
export async function showRenderings(
  ports: BroadcastPorts,
  context: EffectContext,
  id: string,
): Promise<void> {
  const member = await asker(ports, context);
  const run = await ports.runs.get(id);
  const series = run ? null : await ports.series.get(id);
  const item = run ?? series;
  if (!item) return answer(ports, context, { key: 'broadcast.gone' });
  if (!member || (member.id !== item.authorId && !hasRole(member, 'approver')))
    return answer(ports, context, { key: 'common.notAllowed' });
  const { topicId, audience } = item;
  const posts = run ? [run] : (series?.posts ?? []).map((post) => ({ ...post, topicId, audience }));
  const plan = await currentPlan(ports);
  await show(
    ports,
    context,
    posts.flatMap((post) => [...messagesOf(ports, plan, post), ...paperOf(ports, post)]),
  );
}

function messagesOf(ports: BroadcastPorts, plan: Plan, post: Post): readonly OutboundMessage[] {
  const { channels = TOPIC_CHANNELS } = plan.topics.find(({ id }) => id === post.topicId) ?? {};
  return TOPIC_CHANNELS.filter(
    (name) => channels.includes(name) && (post.audience.channels?.includes(name) ?? true),
  ).flatMap((name) => [
    { text: ports.texts.render({ key: `broadcast.version.${name}` }) },
    ...renderingParts(name, post.renderings[name], undefined, LIMITS[name]),
  ]);
}

function paperOf({ texts }: BroadcastPorts, { consent }: Post): readonly OutboundMessage[] {
  if (consent?.kind !== 'recorded' || consent.photoId === null) return [];
  const text = texts.render({ key: 'broadcast.version.paper', params: { person: consent.person } });
  return [{ text, photoIds: [consent.photoId] }];
}

/** In this order: rows of one moment go by their ids. */
async function show(
  ports: BroadcastPorts,
  context: EffectContext,
  messages: readonly OutboundMessage[],
): Promise<void> {
  for (const [index, message] of messages.entries())
    await reply(ports, context, message, `.${String(index).padStart(2, '0')}`);
}
