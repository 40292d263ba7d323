import type { FetchedFile } from '#src/app/ports/channel.ts';
import type { RemoteFile } from '#src/domain/inbound.ts';

const EXTENSION_OF: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'application/json': 'json',
};

const TYPE_OF_EXTENSION: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(EXTENSION_OF).map(([type, extension]) => [extension, type])),
  jpeg: 'image/jpeg',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  mp4: 'video/mp4',
};

const TYPE_OF_KIND: Readonly<Record<RemoteFile['kind'], string>> = {
  photo: 'image/jpeg',
  voice: 'audio/ogg',
  video: 'video/mp4',
  document: 'application/octet-stream',
};

/** A name with the extension that phones open by: the medium's id, when it is not a file name already. */
export function fileNameOf(mediaId: string, media: FetchedFile): string {
  const base = mediaId.split('/').at(-1) ?? mediaId;
  if (/\.[a-z0-9]{2,5}$/i.test(base)) return base.replaceAll(/["\r\n]/g, '');
  return `${base.replaceAll(/[^\w-]/g, '-')}.${EXTENSION_OF[media.contentType] ?? 'dat'}`;
}

/** Telegram's file server says octet-stream for everything: the path's extension knows better. */
export function contentTypeOf(kind: RemoteFile['kind'], filePath: string): string {
  const extension = /\.([a-z0-9]+)$/i.exec(filePath)?.[1]?.toLowerCase() ?? '';
  return TYPE_OF_EXTENSION[extension] ?? TYPE_OF_KIND[kind];
}
