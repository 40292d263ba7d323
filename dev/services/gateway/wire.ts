import { splitDocuments } from './raw-bson.ts';

/** The MongoDB wire protocol: frames, OP_MSG, and OP_QUERY as far as old handshakes need it. */

export const maxMessageBytes = 48_000_000;
const headerBytes = 16;
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;

/** Bytes that are no message of the protocol: the connection cannot go on. */
export class ProtocolError extends Error {}

export type Sequence = { readonly name: string; readonly documents: readonly Buffer[] };

export type Request = {
  readonly requestId: number;
  readonly kind: 'msg' | 'query';
  /** The command document as sent. */
  readonly body: Buffer;
  readonly sequences: readonly Sequence[];
  /** Only of OP_QUERY: `db.$cmd`. */
  readonly namespace: string | undefined;
  /** False for an unacknowledged write (`w: 0`). */
  readonly wantsReply: boolean;
};

/** Collects pieces of a socket's stream and gives whole messages back. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private length = 0;

  /** Adds a piece; returns the messages that are whole now. Throws a ProtocolError for an impossible length. */
  push(piece: Buffer): Buffer[] {
    this.pieces.push(piece);
    this.length += piece.length;
    const frames: Buffer[] = [];
    for (;;) {
      const needed = this.neededBytes();
      if (needed === undefined || this.length < needed) return frames;
      const all = this.joined();
      frames.push(all.subarray(0, needed));
      this.pieces = [all.subarray(needed)];
      this.length -= needed;
    }
  }

  private neededBytes(): number | undefined {
    if (this.length < 4) return undefined;
    const first = this.pieces[0];
    const head = first !== undefined && first.length >= 4 ? first : this.joined();
    const needed = head.readInt32LE(0);
    if (needed < headerBytes || needed > maxMessageBytes)
      throw new ProtocolError(`message of ${needed} bytes`);
    return needed;
  }

  private joined(): Buffer {
    const all =
      this.pieces.length === 1 && this.pieces[0] !== undefined ? this.pieces[0] : Buffer.concat(this.pieces);
    this.pieces = [all];
    return all;
  }
}

/** Reads one whole message. Throws a ProtocolError when it is neither OP_MSG nor OP_QUERY or is malformed. */
export function readRequest(frame: Buffer): Request {
  const requestId = frame.readInt32LE(4);
  const opCode = frame.readInt32LE(12);
  try {
    if (opCode === opMsg) return readMsg(requestId, frame);
    if (opCode === opQuery) return readQuery(requestId, frame);
  } catch (error) {
    throw new ProtocolError(`malformed message: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new ProtocolError(`operation ${opCode} is not spoken here`);
}

function readMsg(requestId: number, frame: Buffer): Request {
  const flags = frame.readUInt32LE(headerBytes);
  const end = (flags & checksumPresent) === 0 ? frame.length : frame.length - 4;
  let at = headerBytes + 4;
  let body: Buffer | undefined;
  const sequences: Sequence[] = [];
  while (at < end) {
    const kind = frame.readUInt8(at);
    const length = frame.readInt32LE(at + 1);
    const section = frame.subarray(at + 1, at + 1 + length);
    if (length < 5 || at + 1 + length > end) throw new ProtocolError('section longer than its message');
    if (kind === 0) {
      body = section;
    } else if (kind === 1) {
      const nameEnd = section.indexOf(0, 4);
      sequences.push({
        name: section.toString('utf8', 4, nameEnd),
        documents: splitDocuments(section.subarray(nameEnd + 1)),
      });
    } else {
      throw new ProtocolError(`section kind ${kind}`);
    }
    at += 1 + length;
  }
  if (body === undefined) throw new ProtocolError('no command in the message');
  return {
    requestId,
    kind: 'msg',
    body,
    sequences,
    namespace: undefined,
    wantsReply: (flags & moreToCome) === 0,
  };
}

function readQuery(requestId: number, frame: Buffer): Request {
  const nameEnd = frame.indexOf(0, headerBytes + 4);
  const bodyStart = nameEnd + 1 + 8;
  const body = frame.subarray(bodyStart, bodyStart + frame.readInt32LE(bodyStart));
  const namespace = frame.toString('utf8', headerBytes + 4, nameEnd);
  return { requestId, kind: 'query', body, sequences: [], namespace, wantsReply: true };
}

/** The message that answers `request` with the BSON document `reply`. */
export function writeReply(request: Request, reply: Buffer, replyId: number): Buffer[] {
  const prefix = request.kind === 'msg' ? Buffer.alloc(headerBytes + 5) : Buffer.alloc(headerBytes + 20);
  prefix.writeInt32LE(prefix.length + reply.length, 0);
  prefix.writeInt32LE(replyId, 4);
  prefix.writeInt32LE(request.requestId, 8);
  prefix.writeInt32LE(request.kind === 'msg' ? opMsg : opReply, 12);
  if (request.kind === 'query') prefix.writeInt32LE(1, headerBytes + 16); // one document follows
  return [prefix, reply];
}
