import type { DraftConsent } from '#src/domain/conversation/drafts.ts';
import type { PersonConsent } from '#src/domain/run.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { keepPhotos } from './keep-photos.ts';
import type { BroadcastPorts } from './ports.ts';

/** The consent as it is kept, with the photo of the paper in our own store. Throws when it cannot be fetched now. */
export async function keepConsent(
  ports: Parameters<typeof keepPhotos>[0] & Pick<BroadcastPorts, 'media'>,
  context: EffectContext,
  consent: DraftConsent | null | undefined,
): Promise<PersonConsent | null> {
  if (consent?.kind !== 'recorded') return consent ?? null;
  const { person, record, photo } = consent;
  const [photoId = null] = photo ? await keepPhotos(ports, context, [photo]) : [];
  return { kind: 'recorded', person, record, photoId };
}
