import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { MovableClock } from '../core/clock.ts';
import { badRequest, type Checked, value } from './results.ts';
import type { WireFile } from './wire.ts';

export interface StoredFile {
  readonly wire: WireFile;
  readonly data: Buffer;
  readonly kind: FileKind;
  /** `photos/file_3.jpg`, as getFile tells it. */
  readonly path: string;
}

export type FileKind = 'photo' | 'document' | 'video' | 'voice' | 'sticker';

export interface FileDetails {
  readonly fileName?: string | undefined;
  readonly mimeType?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly durationS?: number | undefined;
}

const photoSides = [90, 320, 800, 1_280];
const maxPhotoBytes = 10 * 1024 * 1024;
const maxUploadBytes = 50 * 1024 * 1024;
const maxDownloadBytes = 20 * 1024 * 1024;
const linkLifeMs = 60 * 60 * 1_000;
const extensions: Readonly<Record<FileKind, string>> = {
  photo: 'jpg',
  document: 'bin',
  video: 'mp4',
  voice: 'oga',
  sticker: 'webp',
};

/** The files of the platform: photos in their sizes, everything else as it came. */
export class FileStore {
  readonly #clock: MovableClock;
  readonly #byId = new Map<string, StoredFile>();
  readonly #links = new Map<string, { readonly file: StoredFile; readonly untilMs: number }>();
  /** The sizes of one photo share a fate: any of their ids sends all of them. */
  readonly #photos = new Map<string, readonly WireFile[]>();

  constructor(clock: MovableClock) {
    this.#clock = clock;
  }

  find(fileId: string): StoredFile | undefined {
    return this.#byId.get(fileId);
  }

  photoOf(fileId: string): readonly WireFile[] | undefined {
    return this.#photos.get(fileId);
  }

  add(kind: FileKind, data: Buffer, details: FileDetails = {}): Checked<StoredFile> {
    if (data.length === 0) return badRequest('file must be non-empty');
    if (data.length > maxUploadBytes)
      return { ok: false, error_code: 413, description: 'Request Entity Too Large' };
    return value(this.#keep(kind, data, details));
  }

  /** Reads the picture and keeps it as JPEG in the platform's sizes; what it carried besides pixels is gone. */
  async addPhoto(data: Buffer): Promise<Checked<readonly WireFile[]>> {
    if (data.length > maxPhotoBytes) return badRequest('file is too big for a photo');
    let width: number;
    let height: number;
    try {
      ({ width, height } = await sharp(data).metadata());
    } catch {
      return badRequest('IMAGE_PROCESS_FAILED');
    }
    if (width + height > 10_000 || Math.max(width / height, height / width) > 20) {
      return badRequest('PHOTO_INVALID_DIMENSIONS');
    }
    const longest = Math.max(width, height);
    const sides = [...photoSides.filter((side) => side < longest), Math.min(longest, 1_280)];
    const sizes: WireFile[] = [];
    for (const side of new Set(sides)) {
      const resized = await sharp(data)
        .rotate()
        .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
        .jpeg()
        .toBuffer({ resolveWithObject: true });
      const { width: shownWidth, height: shownHeight } = resized.info;
      sizes.push(this.#keep('photo', resized.data, { width: shownWidth, height: shownHeight }).wire);
    }
    for (const size of sizes) this.#photos.set(size.file_id, sizes);
    return value(sizes);
  }

  /** What getFile answers; the link then works for an hour of the sandbox's clock. */
  link(fileId: string): Checked<WireFile & { readonly file_path: string }> {
    const file = this.#byId.get(fileId);
    if (file === undefined) return badRequest('invalid file_id');
    if (file.data.length > maxDownloadBytes) return badRequest('file is too big');
    this.#links.set(file.path, { file, untilMs: this.#clock.nowMs() + linkLifeMs });
    const { file_id, file_unique_id, file_size } = file.wire;
    return value({ file_id, file_unique_id, file_size, file_path: file.path });
  }

  /** Undefined when the path was never linked, or its hour is over. */
  download(path: string): Buffer | undefined {
    const link = this.#links.get(path);
    return link !== undefined && this.#clock.nowMs() < link.untilMs ? link.file.data : undefined;
  }

  #keep(kind: FileKind, data: Buffer, details: FileDetails): StoredFile {
    const number = this.#byId.size + 1;
    const digest = createHash('sha256').update(data).digest('base64url');
    const extension = /\.([a-z0-9]{1,8})$/i.exec(details.fileName ?? '')?.[1] ?? extensions[kind];
    const wire: WireFile = {
      file_id: `${kind.slice(0, 2)}AC${String(number).padStart(6, '0')}${digest.slice(0, 24)}`,
      file_unique_id: `AQ${digest.slice(0, 14)}`,
      file_size: data.length,
      file_name: details.fileName,
      mime_type: details.mimeType,
      width: details.width,
      height: details.height,
      duration: details.durationS,
    };
    const file: StoredFile = { wire, data, kind, path: `${kind}s/file_${number}.${extension}` };
    this.#byId.set(wire.file_id, file);
    return file;
  }
}
