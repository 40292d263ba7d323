import type { RunDraft } from '#src/domain/conversation/types.ts';
import type { EffectContext } from '../inbound/reply.ts';
import type { BroadcastPorts } from './ports.ts';

/**
 * The photos go into our own store now, as every platform takes them: the platform's links may be gone when the run goes
 * out. Their ids come from what they are on the platform: a preview and the run that follows it show the same media, and
 * nothing is fetched twice. A photo that is none is left out. Throws when one cannot be fetched now.
 */
export async function keepPhotos(
  ports: Pick<BroadcastPorts, 'channels' | 'media' | 'pictures' | 'hash' | 'log'>,
  context: EffectContext,
  photos: RunDraft['photos'],
): Promise<readonly string[]> {
  const { platform } = context.conversation.chat;
  const channel = ports.channels[platform];
  const kept: string[] = [];
  for (const photo of photos) {
    if (photo.kind === 'kept') {
      kept.push(photo.id);
      continue;
    }
    const id = `photo.${ports.hash(`${platform} ${photo.ref}`)}`;
    if (!(await ports.media.get(id))) {
      if (!channel) throw new Error(`no channel ${platform}`);
      const fitted = await ports.pictures.fitPhoto(await channel.fetchFile(photo));
      if (!fitted) {
        ports.log.warn({ medium: id }, 'not a photo');
        continue;
      }
      await ports.media.put(id, fitted);
    }
    kept.push(id);
  }
  return kept;
}
