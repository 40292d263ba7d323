import { invalidField, refuse, succeed } from './errors.ts';
import type { ZaloResult } from './errors.ts';
import type { IdSource } from './ids.ts';
import { DAY_MS } from './window.ts';

/** Uploads can be sent for seven days, then -100. */
const UPLOAD_LIFE_MS = 7 * DAY_MS;

export type UploadKind = 'image' | 'gif' | 'file';

/** Largest upload in bytes: images 1 MB, GIFs and files 5 MB. */
const UPLOAD_LIMIT_BYTES: Readonly<Record<UploadKind, number>> = {
  image: 1_048_576,
  gif: 5_242_880,
  file: 5_242_880,
};

/** A stored upload; `reference` is the attachment id of images and GIFs, the token of files. */
export interface Upload {
  readonly reference: string;
  readonly kind: UploadKind;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly expiresAtMs: number;
}

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, i) => bytes[i] === byte);
const isJpeg = (bytes: Uint8Array): boolean => startsWith(bytes, [0xff, 0xd8, 0xff]);
const isPng = (bytes: Uint8Array): boolean => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47]);
const isGif = (bytes: Uint8Array): boolean => startsWith(bytes, [0x47, 0x49, 0x46, 0x38]);

/** The platform looks at the content of pictures and at the ending of documents (PDF, DOC, DOCX, CSV). */
function hasRightType(kind: UploadKind, name: string, bytes: Uint8Array): boolean {
  switch (kind) {
    case 'image':
      return isJpeg(bytes) || isPng(bytes);
    case 'gif':
      return isGif(bytes);
    case 'file':
      return /\.(pdf|docx?|csv)$/i.test(name);
  }
}

/** Everything uploaded to one OA. */
export class UploadStore {
  readonly #ids: IdSource;
  readonly #uploads = new Map<string, Upload>();

  constructor(ids: IdSource) {
    this.#ids = ids;
  }

  /** Takes a file in: -210 if too large, -201 if of another type. */
  add(kind: UploadKind, name: string, bytes: Uint8Array, nowMs: number): ZaloResult<Upload> {
    if (bytes.byteLength > UPLOAD_LIMIT_BYTES[kind]) return refuse(-210);
    if (!hasRightType(kind, name, bytes)) return invalidField('file');
    const reference = kind === 'file' ? this.#ids.fileToken() : this.#ids.attachmentId();
    const upload: Upload = { reference, kind, name, bytes, expiresAtMs: nowMs + UPLOAD_LIFE_MS };
    this.#uploads.set(reference, upload);
    return succeed(upload);
  }

  /** The upload behind a reference: -201 if there is none of these kinds, -100 after seven days. */
  use(reference: string, kinds: readonly UploadKind[], nowMs: number): ZaloResult<Upload> {
    const upload = this.#uploads.get(reference);
    if (upload === undefined || !kinds.includes(upload.kind)) {
      return invalidField(kinds.includes('file') ? 'token' : 'attachment_id');
    }
    return nowMs >= upload.expiresAtMs ? refuse(-100) : succeed(upload);
  }
}
