import { renderLabels } from '#src/domain/broadcast/labels.ts';
import { renderPost } from '#src/domain/broadcast/render-post.ts';
import { readingMinutes } from '#src/domain/text/vietnamese-speech.ts';
import type { RunDraft } from '#src/domain/conversation/types.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { carries } from './fan-out.ts';
import { answer, type BroadcastPorts } from './ports.ts';

/** To how many the draft would go, and how long it takes to read aloud. The words themselves the form has shown. */
export async function previewRun(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: RunDraft,
): Promise<void> {
  const current = await ports.plans.current();
  if (!current) throw new Error('no plan was imported');
  const counts = { group: 0, relay: 0, loudspeaker: 0 };
  for await (const destination of ports.destinations.active()) {
    if (carries(current.plan, draft.topicId, destination)) counts[destination.kind] += 1;
  }
  const post = { title: draft.title, body: draft.body, photoId: null };
  const script = renderPost(
    post,
    current.plan,
    renderLabels((ref) => ports.texts.render(ref)),
  ).loudspeaker.parts.slice(1);
  const minutes = readingMinutes(script.join(' '));
  const { group: groups, relay: heads, loudspeaker: loudspeakers } = counts;
  await answer(ports, context, {
    key: 'broadcast.preview.reach',
    params: { groups, heads, loudspeakers, minutes },
  });
}
