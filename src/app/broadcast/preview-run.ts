import { goesOnZalo } from '#src/domain/broadcast/attachments.ts';
import { doubtWords, readingTimeWords, renderLabels } from '#src/domain/broadcast/labels.ts';
import { renderingParts } from '#src/domain/broadcast/message-parts.ts';
import { PART_LIMITS, speechScript } from '#src/domain/broadcast/render-post.ts';
import { readingTime } from '#src/domain/text/speech/reading-time.ts';
import { meetingWords } from '#src/domain/broadcast/meeting.ts';
import { NO_ORIGIN, originWords } from '#src/domain/broadcast/origin.ts';
import type { RunDraft, TextRef } from '#src/domain/conversation/types.ts';
import type { OutboundMessage } from '#src/domain/outbound.ts';
import { wordsOf } from '#src/domain/run.ts';
import { type EffectContext, reply, replyText } from '../inbound/reply.ts';
import { limitLines } from './limit-lines.ts';
import { scheduleLines } from './preview-schedule.ts';
import type { BroadcastPorts } from './ports.ts';
import { contentOf } from './run-content.ts';
import { reachOf } from './reach.ts';

/** Who has more to mend sees the rest at the next preview. */
const DOUBTS_SHOWN = 8;

/**
 * The draft exactly as it will go out: the very messages that groups on the editor's own platform get, formatting and photos
 * included, made by the same function as those that are sent; the script; then to how many and how long it takes to read aloud.
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
  const { renderings, documentId } = await contentOf(ports, context, draft);
  if (draft.meeting) {
    const words = wordsOf(renderings.zalo);
    const meeting = meetingWords(render, current.plan, draft.meeting);
    return replyText(ports, context, { key: 'spoken.handOver', params: { meeting, words } });
  }
  const { telegram, zalo, loudspeaker } = renderings;
  const { doubts } = speechScript(draft, current.plan.ward.name, labels);
  const script = wordsOf({ parts: loudspeaker.parts.slice(1) });
  const reach = await reachOf(ports, current.plan, draft);
  const time = readingTimeWords(render, readingTime(script));
  const origin = originWords(render, draft.origin ?? NO_ORIGIN, current);
  const { platform } = context.conversation.chat;
  const parts = renderingParts(platform, renderings[platform], undefined, PART_LIMITS[platform]);
  const shown: readonly (TextRef | OutboundMessage)[] = [
    { key: 'broadcast.preview.exact' },
    ...parts,
    ...(zalo.parts.length === telegram.parts.length
      ? []
      : [{ key: 'broadcast.preview.zaloParts', params: { parts: zalo.parts.length } }]),
    ...(documentId === null || goesOnZalo(documentId)
      ? []
      : [{ key: 'broadcast.preview.documentElsewhere' }]),
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
    ...(origin === '' ? [] : [{ key: 'broadcast.preview.origin', params: { origin: origin.trim() } }]),
    { key: 'broadcast.preview.reach', params: { ...reach, time } },
    ...(await scheduleLines(ports, current, draft)),
    ...(await limitLines(ports, current.plan, draft)),
  ];
  for (const [index, one] of shown.entries()) {
    const message = 'key' in one ? { text: render(one) } : one;
    await reply(ports, context, message, `.${String(index).padStart(2, '0')}`);
  }
}
