import { doubtWords, readingTimeWords, renderLabels } from '#src/domain/broadcast/labels.ts';
import { renderPost, speechScript } from '#src/domain/broadcast/render-post.ts';
import { readingTime } from '#src/domain/text/speech/reading-time.ts';
import type { RunDraft, TextRef } from '#src/domain/conversation/types.ts';
import { wordsOf } from '#src/domain/run.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { scheduleLines } from './preview-schedule.ts';
import { notifyChat } from '../send/notify.ts';
import type { BroadcastPorts } from './ports.ts';
import { reachOf } from './reach.ts';

/** Who has more to mend sees the rest at the next preview. */
const DOUBTS_SHOWN = 8;

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
  const render = (ref: TextRef) => ports.texts.render(ref);
  const labels = renderLabels(render);
  const post = { title: draft.title, body: draft.body, photoIds: [], documentId: null };
  const { telegram, zalo, loudspeaker } = renderPost(post, current.plan, labels);
  const { doubts } = speechScript(post, current.plan.ward.name, labels);
  const script = wordsOf({ parts: loudspeaker.parts.slice(1) });
  const reach = await reachOf(ports, current.plan, draft);
  const time = readingTimeWords(render, readingTime(script));
  const shown: readonly TextRef[] = [
    { key: 'broadcast.preview.written', params: { words: wordsOf(telegram) } },
    ...(zalo.parts.length === telegram.parts.length
      ? []
      : [{ key: 'broadcast.preview.zaloParts', params: { parts: zalo.parts.length } }]),
    { key: 'broadcast.preview.script', params: { words: script } },
    ...(doubts.length === 0
      ? []
      : [
          {
            key: 'broadcast.preview.doubts',
            params: {
              lines: doubts
                .slice(0, DOUBTS_SHOWN)
                .map((one) => doubtWords(render, one))
                .join('\n'),
            },
          },
        ]),
    { key: 'broadcast.preview.reach', params: { ...reach, time } },
    ...(await scheduleLines(ports, current.plan, draft)),
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
