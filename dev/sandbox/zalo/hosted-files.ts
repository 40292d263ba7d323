import type { HttpHandler } from '../core/http.ts';

interface HostedFile {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** One grey point, so that a picture sent without bytes of its own is still a real PNG. */
export const TINY_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNoaGj4DwAFhAKAjM1mJgAAAABJRU5ErkJggg==',
  'base64',
);

/** What people send to the OA: the events carry addresses, from which the bot fetches the bytes. */
export class HostedFiles {
  readonly #files = new Map<string, HostedFile>();
  readonly #rootUrl: () => string;
  readonly #prefix: string;

  /** @param prefix the sandbox's path prefix, may be empty */
  constructor(rootUrl: () => string, prefix: string) {
    this.#rootUrl = rootUrl;
    this.#prefix = prefix;
  }

  /** Path pattern to route to `handler`. */
  get path(): string {
    return `${this.#prefix}/zalo-files/:name`;
  }

  /** Puts bytes on the server; returns the absolute address. */
  host(bytes: Buffer, extension: string, contentType: string): string {
    const name = `${this.#files.size + 1}.${extension}`;
    this.#files.set(name, { bytes, contentType });
    return `${this.#rootUrl()}${this.#prefix}/zalo-files/${name}`;
  }

  /** Answers `GET` of a hosted file. */
  readonly handler: HttpHandler = ({ params }) => {
    const file = this.#files.get(params['name'] ?? '');
    if (file === undefined) return { status: 404, body: '' };
    return { status: 200, headers: { 'content-type': file.contentType }, body: file.bytes };
  };
}
