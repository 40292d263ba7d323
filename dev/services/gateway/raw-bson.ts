import { BSON } from 'mongodb';

/**
 * Work on BSON bytes without decoding values, so that what the driver sent (int32, int64, double, decimal)
 * reaches the engine exactly as it was.
 */

/** One top-level element of a document: `start` is at its type byte, `end` just after its value. */
export type RawElement = {
  readonly type: number;
  readonly name: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
};

const fixedSizes: ReadonlyMap<number, number> = new Map([
  [0x01, 8],
  [0x06, 0],
  [0x07, 12],
  [0x08, 1],
  [0x09, 8],
  [0x0a, 0],
  [0x10, 4],
  [0x11, 8],
  [0x12, 8],
  [0x13, 16],
  [0x7f, 0],
  [0xff, 0],
]);

function valueEnd(bytes: Buffer, type: number, start: number): number {
  const fixed = fixedSizes.get(type);
  if (fixed !== undefined) return start + fixed;
  switch (type) {
    case 0x02: // string
    case 0x0d: // code
    case 0x0e: // symbol
      return start + 4 + bytes.readInt32LE(start);
    case 0x03: // document
    case 0x04: // array
    case 0x0f: // code with scope
      return start + bytes.readInt32LE(start);
    case 0x05: // binary
      return start + 5 + bytes.readInt32LE(start);
    case 0x0b: // regular expression: two C strings
      return bytes.indexOf(0, bytes.indexOf(0, start) + 1) + 1;
    case 0x0c: // DBPointer
      return start + 4 + bytes.readInt32LE(start) + 12;
    default:
      throw new BSON.BSONError(`unknown BSON type ${type}`);
  }
}

/** The top-level elements of one document. Throws a BSONError (or a RangeError) for broken bytes. */
export function elementsOf(bytes: Buffer): RawElement[] {
  if (bytes.length < 5 || bytes.readInt32LE(0) !== bytes.length || bytes[bytes.length - 1] !== 0) {
    throw new BSON.BSONError('document length does not fit its bytes');
  }
  const elements: RawElement[] = [];
  let at = 4;
  while (at < bytes.length - 1) {
    const type = bytes.readUInt8(at);
    const nameEnd = bytes.indexOf(0, at + 1);
    if (nameEnd < 0) throw new BSON.BSONError('element name without an end');
    const end = valueEnd(bytes, type, nameEnd + 1);
    if (end <= nameEnd || end > bytes.length - 1)
      throw new BSON.BSONError('element longer than its document');
    elements.push({
      type,
      name: bytes.toString('utf8', at + 1, nameEnd),
      start: at,
      valueStart: nameEnd + 1,
      end,
    });
    at = end;
  }
  return elements;
}

/** The document of the given raw elements (type byte, name and value of each). */
export function documentOf(parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0) + 5;
  const head = Buffer.alloc(4);
  head.writeInt32LE(length);
  return Buffer.concat([head, ...parts, Buffer.alloc(1)], length);
}

/** One array element called `name` that holds the given raw documents. */
export function arrayElement(name: string, documents: readonly Buffer[]): Buffer {
  const items = documents.flatMap((document, index) => [Buffer.from(`\x03${index}\0`, 'latin1'), document]);
  return Buffer.concat([Buffer.from(`\x04${name}\0`, 'utf8'), documentOf(items)]);
}

/** Splits `bytes` (documents one after the other) into single documents. */
export function splitDocuments(bytes: Buffer): Buffer[] {
  const documents: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = at + 4 <= bytes.length ? bytes.readInt32LE(at) : -1;
    if (length < 5 || at + length > bytes.length) throw new BSON.BSONError('document sequence is cut');
    documents.push(bytes.subarray(at, at + length));
    at += length;
  }
  return documents;
}

/** Decodes with wrappers kept (Int32, Double, Long …), so that encoding again gives the same bytes. */
export function decodeExact(bytes: Buffer): BSON.Document {
  return BSON.deserialize(bytes, { promoteValues: false, bsonRegExp: true });
}

/** Encodes a document to a Buffer. */
export function encode(document: BSON.Document): Buffer {
  return Buffer.from(BSON.serialize(document, { ignoreUndefined: true }));
}
