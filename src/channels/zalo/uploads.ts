import { FormData } from 'undici';
import { z } from 'zod';
import type { FetchedFile } from '#src/app/ports/channel.ts';
import type { Clock } from '#src/app/ports/services.ts';
import type { SendOutcome } from '#src/domain/outbound.ts';
import type { ZaloApi } from './api.ts';
import type { ZaloAttachment } from './message.ts';
import { outcomeOfZalo } from './outcome.ts';

/** The platform forgets uploads after seven days. */
const UPLOAD_LIFE_MS = 6 * 24 * 3_600_000;
const MAX_REMEMBERED = 500;
const MEBIBYTE = 1024 * 1024;

type UploadKind = ZaloAttachment['kind'];

const UPLOADS = {
  image: {
    path: '/v2.0/oa/upload/image',
    maxBytes: MEBIBYTE,
    extensions: { 'image/jpeg': 'jpg', 'image/png': 'png' },
  },
  file: {
    path: '/v2.0/oa/upload/file',
    maxBytes: 5 * MEBIBYTE,
    extensions: {
      'application/pdf': 'pdf',
      'application/msword': 'doc',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
      'text/csv': 'csv',
    },
  },
} as const;

export type Upload =
  | { readonly kind: 'uploaded'; readonly attachment: ZaloAttachment }
  | { readonly kind: 'failed'; readonly outcome: SendOutcome };

export interface ZaloUploads {
  /** Uploads a medium once in six days, however many sends want it at the same time. */
  attachmentOf(kind: UploadKind, mediaId: string, media: FetchedFile): Promise<Upload>;
  /** The platform says that the upload is gone. */
  forget(mediaId: string): void;
}

const answerSchema = z.union([
  z.object({ attachment_id: z.string().min(1) }),
  z.object({ token: z.string().min(1) }),
]);

const rejectedContent = (code: string, detail: string): Upload => ({
  kind: 'failed',
  outcome: { kind: 'rejected', cause: 'content', code, detail },
});

/** No message went out yet: whatever an upload failed of, the send may be tried again. */
function failedUpload(outcome: SendOutcome): Upload {
  const isUncertain = outcome.kind === 'unknown' || outcome.kind === 'sent';
  return {
    kind: 'failed',
    outcome: isUncertain ? { kind: 'retry', why: 'network', afterMs: 5_000 } : outcome,
  };
}

/** People see the name of a file: an id may end with it. */
function nameOf(mediaId: string, extension: string): string {
  const name = mediaId.slice(mediaId.lastIndexOf('/') + 1);
  return mediaId.includes('/') && name.endsWith(`.${extension}`) ? name : `file.${extension}`;
}

async function upload(
  api: ZaloApi,
  kind: UploadKind,
  mediaId: string,
  media: FetchedFile,
  realNowMs: () => number,
): Promise<Upload> {
  const { path, maxBytes } = UPLOADS[kind];
  const extensions: Readonly<Record<string, string>> = UPLOADS[kind].extensions;
  const extension = extensions[media.contentType];
  if (extension === undefined) return rejectedContent('media-type', 'the platform does not take this type');
  if (media.bytes.byteLength > maxBytes)
    return rejectedContent('media-size', `larger than ${maxBytes} bytes`);
  const form = new FormData();
  form.set(
    'file',
    new File([Buffer.from(media.bytes)], nameOf(mediaId, extension), { type: media.contentType }),
  );
  const result = await api.call({ method: 'POST', path, form });
  const answer = answerSchema.safeParse(result.kind === 'success' ? result.data : undefined);
  if (!answer.success) return failedUpload(outcomeOfZalo(result, realNowMs()));
  return 'token' in answer.data
    ? { kind: 'uploaded', attachment: { kind: 'file', token: answer.data.token } }
    : { kind: 'uploaded', attachment: { kind: 'image', attachmentId: answer.data.attachment_id } };
}

/** Uploads remembered in memory: at most some hundreds, the oldest forgotten first. */
export function createZaloUploads(api: ZaloApi, clock: Clock, realNowMs: () => number): ZaloUploads {
  const known = new Map<string, { readonly untilMs: number; readonly upload: Promise<Upload> }>();

  function start(kind: UploadKind, mediaId: string, media: FetchedFile): Promise<Upload> {
    const started = upload(api, kind, mediaId, media, realNowMs);
    known.delete(mediaId);
    known.set(mediaId, { untilMs: clock.nowMs() + UPLOAD_LIFE_MS, upload: started });
    const oldest = known.keys().next().value;
    if (known.size > MAX_REMEMBERED && oldest !== undefined) known.delete(oldest);
    return started;
  }

  return {
    forget: (mediaId) => void known.delete(mediaId),
    async attachmentOf(kind, mediaId, media) {
      const remembered = known.get(mediaId);
      const isGood = remembered !== undefined && clock.nowMs() < remembered.untilMs;
      const started = isGood ? remembered.upload : start(kind, mediaId, media);
      const result = await started;
      if (result.kind === 'failed' && known.get(mediaId)?.upload === started) known.delete(mediaId);
      return result;
    },
  };
}
