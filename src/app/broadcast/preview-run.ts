import { getsRun } from '#src/domain/broadcast/audience.ts';
import { renderLabels } from '#src/domain/broadcast/labels.ts';
import { renderPost } from '#src/domain/broadcast/render-post.ts';
import { readingMinutes } from '#src/domain/text/vietnamese-speech.ts';
import type { RunDraft, TextRef } from '#src/domain/conversation/types.ts';
import type { Rendering } from '#src/domain/run.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { notifyChat } from '../send/notify.ts';
import type { BroadcastPorts } from './ports.ts';

/**
 * The draft exactly as it will go out, each form that differs, then to how many and how long it takes to read aloud.
 * The question itself is the form's.
 */
export async function previewRun(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: RunDraft,
): Promise<void> {
  const current = await ports.plans.current();
  if (!current) throw new Error('no plan was imported');
  const { telegram, zalo, loudspeaker } = renderPost(
    { title: draft.title, body: draft.body, photoId: null },
    current.plan,
    renderLabels((ref) => ports.texts.render(ref)),
  );
  const script = wordsOf({ ...loudspeaker, parts: loudspeaker.parts.slice(1) });
  const counts = { group: 0, relay: 0, loudspeaker: 0 };
  for await (const destination of ports.destinations.active()) {
    if (getsRun(current.plan, draft, destination)) counts[destination.kind] += 1;
  }
  const { group: groups, relay: heads, loudspeaker: loudspeakers } = counts;
  const minutes = readingMinutes(script);
  const shown: readonly TextRef[] = [
    { key: 'broadcast.preview.written', params: { words: wordsOf(telegram) } },
    ...(zalo.parts.length === telegram.parts.length
      ? []
      : [{ key: 'broadcast.preview.zaloParts', params: { parts: zalo.parts.length } }]),
    { key: 'broadcast.preview.script', params: { words: script } },
    { key: 'broadcast.preview.reach', params: { groups, heads, loudspeakers, minutes } },
  ];
  for (const [index, text] of shown.entries()) {
    await notifyChat(ports, {
      id: `${context.id}.${String(index)}`,
      chat: context.conversation.chat,
      text,
      lane: 'reply',
      dueAtMs: ports.clock.nowMs(),
    });
  }
}

function wordsOf(rendering: Rendering): string {
  return rendering.parts.join('\n\n');
}
