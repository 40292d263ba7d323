import {
  contentTypeOf,
  documentId,
  documentName,
  MAX_DOCUMENT_BYTES,
} from '#src/domain/broadcast/attachments.ts';
import type { DraftFile } from '#src/domain/conversation/types.ts';
import type { EffectContext } from '../inbound/reply.ts';
import type { BroadcastPorts } from './ports.ts';

/** The document in our own store, under an id that ends with its name. Null where there is none. Throws when it cannot be fetched now. */
export async function keepDocument(
  ports: Pick<BroadcastPorts, 'channels' | 'media' | 'hash' | 'log'>,
  context: EffectContext,
  file: DraftFile | null | undefined,
): Promise<string | null> {
  if (!file) return null;
  if (file.kind === 'kept') return file.id;
  const { platform } = context.conversation.chat;
  const name = documentName(file.name ?? '');
  if (name === null) return null;
  const id = documentId(ports.hash(`${platform} ${file.ref}`), name);
  if (await ports.media.get(id)) return id;
  const channel = ports.channels[platform];
  if (!channel) throw new Error(`no channel ${platform}`);
  const { bytes } = await channel.fetchFile(file);
  if (bytes.byteLength > MAX_DOCUMENT_BYTES) {
    ports.log.warn({ medium: id }, 'document larger than said');
    return null;
  }
  await ports.media.put(id, { bytes, contentType: contentTypeOf(id) });
  return id;
}
