import { BSON } from 'mongodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOfName, nameOfSqlState, sqlStateOfPacked } from '#dev/services/gateway/errors.ts';
import { arrayElement, documentOf, elementsOf, splitDocuments } from '#dev/services/gateway/raw-bson.ts';
import { FrameReader, ProtocolError, readRequest, writeReply } from '#dev/services/gateway/wire.ts';

const bytesOf = (document: BSON.Document): Buffer => Buffer.from(BSON.serialize(document));

const everyType = {
  double: 1.5,
  text: 'tổ dân phố',
  document: { a: 1 },
  array: [1, 'two'],
  binary: new BSON.Binary(Buffer.from([1, 2, 3])),
  id: new BSON.ObjectId(),
  yes: true,
  date: new Date(0),
  nothing: null,
  pattern: new BSON.BSONRegExp('^a', 'i'),
  code: new BSON.Code('x'),
  scoped: new BSON.Code('x', { y: 1 }),
  int: 7,
  timestamp: new BSON.Timestamp({ t: 1, i: 2 }),
  long: BSON.Long.fromNumber(2 ** 40),
  decimal: BSON.Decimal128.fromString('1.10'),
  min: new BSON.MinKey(),
  max: new BSON.MaxKey(),
};

describe('raw BSON', () => {
  it('finds the bounds of every type, so that a document put together again is the same bytes', () => {
    const bytes = bytesOf(everyType);
    const elements = elementsOf(bytes);
    expect(elements.map((element) => element.name)).toEqual(Object.keys(everyType));
    const again = documentOf(elements.map((element) => bytes.subarray(element.start, element.end)));
    expect(again.equals(bytes)).toBe(true);
  });

  it('puts a sequence into a command as an array', () => {
    const documents = Array.from({ length: 12 }, (_, _id) => ({ _id }));
    const sequence = splitDocuments(Buffer.concat(documents.map(bytesOf)));
    expect(BSON.deserialize(documentOf([arrayElement('documents', sequence)]))).toEqual({ documents });
  });

  it('never reads past the end of broken bytes', () => {
    const bytes = bytesOf(everyType);
    const broken = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(broken, ({ at, byte }) => {
        const copy = Buffer.from(bytes);
        copy[at] = byte;
        try {
          for (const element of elementsOf(copy)) expect(element.end).toBeLessThan(copy.length);
        } catch (error) {
          expect(error instanceof BSON.BSONError || error instanceof RangeError).toBe(true);
        }
      }),
    );
  });
});

const message = (document: BSON.Document): Buffer => {
  const request = readable(bytesOf(document));
  return Buffer.concat(writeReply(request, request.body, 5));
};

const readable = (body: Buffer) =>
  ({ requestId: 1, kind: 'msg', body, sequences: [], namespace: undefined, wantsReply: true }) as const;

describe('frames', () => {
  it('come out whole and in order, however the stream is cut', () => {
    const stream = Buffer.concat([1, 2, 3].map((n) => message({ ping: n, $db: 'admin' })));
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 20 }), (cuts) => {
        const reader = new FrameReader();
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const frames = bounds
          .slice(1)
          .flatMap((end, index) => reader.push(stream.subarray(bounds[index], end)));
        const pings = frames.map((frame) => BSON.deserialize(readRequest(frame).body)['ping'] as number);
        expect(pings).toEqual([1, 2, 3]);
      }),
    );
  });

  it('of an impossible length or operation are refused', () => {
    expect(() => new FrameReader().push(Buffer.from('GET / HTTP/1.1'))).toThrow(ProtocolError);
    expect(() => new FrameReader().push(Buffer.alloc(4))).toThrow(ProtocolError);
    const frame = message({ ping: 1 });
    frame.writeInt32LE(2012, 12);
    expect(() => readRequest(frame)).toThrow(ProtocolError);
  });
});

describe('error codes', () => {
  it('are unpacked from the engine’s number of a write error', () => {
    expect(sqlStateOfPacked(319029277)).toBe('M001C');
    expect(codeOfName(nameOfSqlState('M001C'))).toBe(11000);
  });

  it('are MongoDB’s for what PostgreSQL itself refuses', () => {
    expect(['23P01', '40P01', '53100', '57014'].map((state) => codeOfName(nameOfSqlState(state)))).toEqual([
      11000, 112, 14031, 50,
    ]);
  });

  it('fall back to InternalError', () => {
    expect(nameOfSqlState('MZZZZ')).toBe('InternalError');
  });
});
