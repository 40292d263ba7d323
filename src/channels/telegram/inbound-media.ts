import { z } from 'zod';
import type { InboundContent, RemoteFile } from '#src/domain/inbound.ts';
import { type SpanKind, toMarks } from '#src/domain/text/formatted-text.ts';

const fileSchema = z.object({
  file_id: z.string().min(1),
  file_name: z.string().min(1).optional(),
  file_size: z.int().nonnegative().optional(),
});

const photoSizeSchema = z.object({
  file_id: z.string().min(1),
  width: z.number(),
  height: z.number(),
  file_size: z.int().nonnegative().optional(),
});

const entitySchema = z.object({
  type: z.string(),
  offset: z.int().nonnegative(),
  length: z.int().positive(),
});

/** Entities that make no sense cost the formatting, never the message. */
export const entitiesSchema = z.array(entitySchema).optional().catch(undefined);

const KIND_OF: Readonly<Record<string, SpanKind>> = { bold: 'bold', italic: 'italic' };

/** The words with bold and italic as marks; undefined where there is neither. */
export function markedBy(text: string, entities: z.infer<typeof entitiesSchema>): string | undefined {
  const spans = (entities ?? []).flatMap(({ type, offset, length }) => {
    const kind = Object.hasOwn(KIND_OF, type) ? KIND_OF[type] : undefined;
    return kind === undefined ? [] : [{ kind, offset, length }];
  });
  const marked = spans.length === 0 ? '' : toMarks(text, spans);
  return marked === '' ? undefined : marked;
}

/** The fields of a Telegram `Message` that carry a file. */
export const mediaSchema = z.object({
  photo: z.array(photoSizeSchema).min(1).optional(),
  voice: fileSchema.optional(),
  audio: fileSchema.optional(),
  video: fileSchema.optional(),
  video_note: fileSchema.optional(),
  document: fileSchema.optional(),
  caption: z.string().optional(),
  caption_entities: entitiesSchema,
  media_group_id: z.string().min(1).optional(),
});

type Media = z.infer<typeof mediaSchema>;
type PhotoSize = z.infer<typeof photoSizeSchema>;

const largest = (sizes: readonly PhotoSize[]): PhotoSize | undefined =>
  sizes.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];

function remoteFile(kind: RemoteFile['kind'], file: z.infer<typeof fileSchema>): RemoteFile {
  return {
    kind,
    ref: file.file_id,
    ...(file.file_name === undefined ? {} : { name: file.file_name }),
    ...(file.file_size === undefined ? {} : { sizeBytes: file.file_size }),
  };
}

function fileOf(media: Media): RemoteFile | null {
  const photo = media.photo === undefined ? undefined : largest(media.photo);
  if (photo !== undefined) {
    return remoteFile('photo', { file_id: photo.file_id, file_size: photo.file_size });
  }
  if (media.voice !== undefined) return remoteFile('voice', media.voice);
  const video = media.video ?? media.video_note;
  if (video !== undefined) return remoteFile('video', video);
  // Animations come with a `document` too; music is a file like any other.
  const document = media.document ?? media.audio;
  return document === undefined ? null : remoteFile('document', document);
}

/** The file of a message with its caption and album, or null when it has none. Of a photo, the largest size. */
export function fileContentOf(media: Media): InboundContent | null {
  const file = fileOf(media);
  if (file === null) return null;
  const marked = markedBy(media.caption ?? '', media.caption_entities);
  return {
    kind: 'file',
    file,
    ...(media.caption === undefined || media.caption === '' ? {} : { caption: media.caption }),
    ...(marked === undefined ? {} : { markedCaption: marked }),
    ...(media.media_group_id === undefined ? {} : { albumId: media.media_group_id }),
  };
}
