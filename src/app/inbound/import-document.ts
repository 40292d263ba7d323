import type { RemoteFile } from '#src/domain/inbound.ts';
import { parseMarks } from '#src/domain/text/formatted-text.ts';
import type { App } from '../app.ts';
import { takeIn } from './handle-private-event.ts';
import { ownEvent } from './own-event.ts';
import { type EffectContext, reply } from './reply.ts';

/** The platform hands out no more; said before anything is fetched. */
const MAX_BYTES = 5_000_000;

/**
 * Reads a document that an editor sent, and hands its words to the form as if they had been typed; of a file that gives none
 * it says why, and the form asks again. Safe to run twice: the words come as one event. Throws when the file cannot be had
 * now.
 */
export async function importDocument(app: App, context: EffectContext, file: RemoteFile): Promise<void> {
  const { chat } = context.conversation;
  const channel = app.channels[chat.platform];
  if (!channel) throw new Error(`no channel ${chat.platform}`);
  const read =
    (file.sizeBytes ?? 0) > MAX_BYTES
      ? ({ kind: 'refused', why: 'too-big' } as const)
      : await app.documents.readWords(await channel.fetchFile(file));
  if (read.kind === 'refused') {
    const text = app.texts.render({ key: `compose.document.refused.${read.why}` });
    await reply(app, context, { text }, '.refused');
    await takeIn(app, ownEvent(app, context), { kind: 'sticker' });
  } else {
    const { marked } = read;
    const content = { kind: 'text', text: parseMarks(marked).text, marked } as const;
    await takeIn(app, ownEvent(app, context), content);
  }
  await app.wake.effects(context.conversation.key);
}
