import { mayHaveGot } from '#src/domain/broadcast/correction.ts';
import type { CorrectionDraft, TextRef } from '#src/domain/conversation/types.ts';
import { type BroadcastRun, wordsOf } from '#src/domain/run.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { notifyChat } from '../send/notify.ts';
import { pagesOf } from './fan-out-correction.ts';
import { correctable, correctionContent } from './make-correction.ts';
import type { BroadcastPorts } from './ports.ts';
import { refuse } from './submit-correction.ts';

/** What is to be corrected, in a message of its own, so that it can be copied, mended and sent back. */
export async function openCorrection(
  ports: BroadcastPorts,
  context: EffectContext,
  runId: string,
): Promise<void> {
  const found = await correctable(ports, runId);
  if (!found) return refuse(ports, context, runId);
  const { run } = found;
  await say(ports, context, [
    ...(run.state === 'sending' || run.state === 'paused'
      ? [{ key: 'broadcast.correction.openSending', params: { title: run.title } }]
      : []),
    { key: 'broadcast.correction.open', params: { title: run.title } },
    { key: 'broadcast.correction.words', params: { words: run.body } },
  ]);
}

/** The correction exactly as it will go out, and how many will see it where. The question itself is the form's. */
export async function previewCorrection(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: CorrectionDraft,
): Promise<void> {
  const found = await correctable(ports, draft.runId);
  if (!found) return refuse(ports, context, draft.runId);
  const { renderings } = await correctionContent(ports, found.root, draft);
  const { telegram, zalo, loudspeaker } = renderings;
  await say(ports, context, [
    { key: 'broadcast.preview.written', params: { words: wordsOf(telegram) } },
    ...(zalo.parts.length === telegram.parts.length
      ? []
      : [{ key: 'broadcast.preview.zaloParts', params: { parts: zalo.parts.length } }]),
    { key: 'broadcast.preview.script', params: { words: wordsOf({ parts: loudspeaker.parts.slice(1) }) } },
    { key: 'broadcast.correction.reach', params: await reachOf(ports, found.root) },
  ]);
}

async function reachOf(
  ports: BroadcastPorts,
  root: BroadcastRun,
): Promise<{ readonly edited: number; readonly posted: number; readonly total: number }> {
  let edited = 0;
  let total = 0;
  let last: string | null = null;
  for await (const page of pagesOf(ports, root.id)) {
    const got = page.filter(mayHaveGot);
    // A loudspeaker has a row a day, one after the other.
    for (const { target } of got) {
      const place = target.kind === 'destination' ? target.destinationId : null;
      if (place === null || place !== last) total += 1;
      last = place;
    }
    edited += got.filter((row) => row.rendering === 'telegram' && row.sentParts.length > 0).length;
  }
  return { edited, posted: total - edited, total };
}

async function say(ports: BroadcastPorts, context: EffectContext, texts: readonly TextRef[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    await notifyChat(ports, {
      id: `${context.id}.${String(index)}`,
      chat: context.conversation.chat,
      text,
      lane: 'reply',
      dueAtMs: ports.clock.nowMs(),
    });
  }
}
