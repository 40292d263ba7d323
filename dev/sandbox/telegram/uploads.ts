import type { FileKind } from './files.ts';
import type { Params } from './params.ts';
import { badRequest, type Checked, value } from './results.ts';
import type { BotState } from './state.ts';
import type { WireFile } from './wire.ts';

interface Bytes {
  readonly data: Buffer;
  readonly fileName: string | undefined;
  readonly mimeType: string | undefined;
}

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The platform fetches links itself; the sandbox reaches no further than this machine. */
const fetchBytes = async (url: string): Promise<Checked<Bytes>> => {
  if (!loopbackHosts.has(new URL(url).hostname)) return badRequest('failed to get HTTP URL content');
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    if (!response.ok) return badRequest('failed to get HTTP URL content');
    const data = Buffer.from(await response.arrayBuffer());
    const fileName = new URL(url).pathname.split('/').at(-1);
    return value({ data, fileName, mimeType: response.headers.get('content-type') ?? undefined });
  } catch {
    return badRequest('failed to get HTTP URL content');
  }
};

/** The bytes behind a field: its own upload, `attach://name`, or a link; `file-id` when it names a known file. */
const bytesOf = async (
  params: Params,
  field: string | undefined,
  given: string | undefined,
): Promise<Checked<Bytes | { readonly fileId: string }>> => {
  const attached = given?.startsWith('attach://') ? given.slice('attach://'.length) : undefined;
  const uploadName = attached ?? field;
  const upload = uploadName === undefined ? undefined : params.file(uploadName);
  if (upload !== undefined) {
    return value({ data: upload.data, fileName: upload.fileName, mimeType: upload.contentType });
  }
  if (given === undefined || given === '')
    return badRequest(`there is no ${field ?? 'media'} in the request`);
  if (attached !== undefined) return badRequest(`attached file "${attached}" is not in the request`);
  if (/^https?:\/\//i.test(given) && URL.canParse(given)) return fetchBytes(given);
  return value({ fileId: given });
};

const wrongId = badRequest('wrong file identifier/HTTP URL specified');

/** A photo in its sizes: uploaded, fetched, or sent before. */
export const takePhoto = async (
  state: BotState,
  params: Params,
  field: string | undefined,
  given: string | undefined,
): Promise<Checked<readonly WireFile[]>> => {
  const source = await bytesOf(params, field, given);
  if (!source.ok) return source;
  if ('data' in source.value) return state.files.addPhoto(source.value.data);
  const known = state.files.photoOf(source.value.fileId);
  return known === undefined ? wrongId : value(known);
};

/** Any other file: uploaded, fetched, or sent before as the same kind. */
export const takeFile = async (
  state: BotState,
  params: Params,
  kind: FileKind,
  field: string | undefined,
  given: string | undefined,
): Promise<Checked<WireFile>> => {
  const source = await bytesOf(params, field, given);
  if (!source.ok) return source;
  if ('data' in source.value) {
    const { data, fileName, mimeType } = source.value;
    const added = state.files.add(kind, data, { fileName, mimeType });
    return added.ok ? value(added.value.wire) : added;
  }
  const known = state.files.find(source.value.fileId);
  return known?.kind === kind ? value(known.wire) : wrongId;
};
