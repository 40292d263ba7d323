/**
 * A reader of multipart/form-data, by hand: the sandbox speaks to clients that upload with boundaries of their
 * own, no multipart library is among the project's dependencies, and bodies here are whole buffers of a
 * few megabytes on loopback, so fifty lines do what is needed.
 */

export interface UploadedFile {
  readonly fieldName: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly data: Buffer;
}

export interface Multipart {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

const boundaryOf = (contentType: string): string | undefined => {
  const found = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType);
  return (found?.[1] ?? found?.[2])?.trim();
};

const headerOf = (head: string, name: string): string | undefined => {
  const line = head.split('\r\n').find((each) => each.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
};

const parameterOf = (header: string, name: string): string | undefined => {
  const found = new RegExp(`(?:^|[;\\s])${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]+))`, 'i').exec(header);
  return found?.[1]?.replaceAll(/\\(.)/g, '$1') ?? found?.[2]?.trim();
};

/** The pieces between the delimiters, each with its head and its blank line. */
const partsOf = (body: Buffer, boundary: string): Buffer[] | undefined => {
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  let at = body.indexOf(delimiter);
  if (at === -1) return undefined;
  for (;;) {
    const start = at + delimiter.length;
    if (body.subarray(start, start + 2).toString('latin1') === '--') return parts;
    const next = body.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), start);
    if (next === -1) return undefined;
    parts.push(body.subarray(start + 2, next));
    at = next + 2;
  }
};

/** Undefined when the body is not a whole multipart body of that boundary. */
export const parseMultipart = (body: Buffer, contentType: string): Multipart | undefined => {
  const boundary = boundaryOf(contentType);
  const parts = boundary === undefined ? undefined : partsOf(body, boundary);
  if (parts === undefined) return undefined;
  const fields: Record<string, string> = {};
  const files = new Map<string, UploadedFile>();
  for (const part of parts) {
    const blank = part.indexOf('\r\n\r\n');
    if (blank === -1) return undefined;
    const head = part.subarray(0, blank).toString('utf8');
    const disposition = headerOf(head, 'content-disposition') ?? '';
    const fieldName = parameterOf(disposition, 'name');
    if (fieldName === undefined) return undefined;
    const data = part.subarray(blank + 4);
    const fileName = parameterOf(disposition, 'filename');
    if (fileName === undefined) fields[fieldName] = data.toString('utf8');
    else {
      const type = headerOf(head, 'content-type') ?? 'application/octet-stream';
      files.set(fieldName, { fieldName, fileName, contentType: type, data });
    }
  }
  return { fields, files };
};
