import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { BSON, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabaseName, services } from '#test/support/services.ts';

let client: MongoClient;
const dbName = freshDatabaseName();

beforeAll(async () => {
  client = await MongoClient.connect(services().mongodbUri);
});

afterAll(async () => {
  await client.db(dbName).dropDatabase();
  await client.close();
});

async function rawSocket(): Promise<Socket> {
  const socket = connect(Number(new URL(services().mongodbUri).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

function header(length: number, requestId: number, opCode: number): Buffer {
  const head = Buffer.alloc(16);
  [length, requestId, 0, opCode].forEach((field, index) => head.writeInt32LE(field, index * 4));
  return head;
}

function opMsg(document: BSON.Document, flags = 0): Buffer {
  const body = BSON.serialize(document);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32LE(flags);
  return Buffer.concat([header(16 + 5 + body.length, 77, 2013), prefix, body]);
}

/** Reads one OP_MSG reply. */
async function reply(socket: Socket): Promise<BSON.Document> {
  let bytes = Buffer.alloc(0);
  while (bytes.length < 4 || bytes.length < bytes.readInt32LE(0)) {
    const [piece] = (await once(socket, 'data')) as [Buffer];
    bytes = Buffer.concat([bytes, piece]);
  }
  return BSON.deserialize(bytes.subarray(21, bytes.readInt32LE(0)));
}

const insertCommand = (_id: number): BSON.Document => ({ insert: 'raw', documents: [{ _id }], $db: dbName });
const stored = (): Promise<number> => client.db(dbName).collection('raw').countDocuments();

describe('the wire', () => {
  it('takes a message that comes byte by byte', async () => {
    const socket = await rawSocket();
    socket.setNoDelay(true);
    for (const byte of opMsg({ ping: 1, $db: 'admin' })) socket.write(Buffer.of(byte));
    expect(await reply(socket)).toMatchObject({ ok: 1 });
    socket.destroy();
  });

  it('answers several messages of one piece in their order', async () => {
    const socket = await rawSocket();
    const replies: Buffer[] = [];
    socket.on('data', (piece) => replies.push(piece));
    socket.write(Buffer.concat([opMsg(insertCommand(1)), opMsg({ count: 'raw', $db: dbName })]));
    await expect.poll(() => Buffer.concat(replies).length, { timeout: 5_000 }).toBeGreaterThanOrEqual(90);
    const all = Buffer.concat(replies);
    const second = all.subarray(all.readInt32LE(0));
    expect(BSON.deserialize(second.subarray(21))).toMatchObject({ n: 1, ok: 1 });
    socket.destroy();
  });

  it('does nothing for a client that is cut in the middle of a message', async () => {
    const before = await stored();
    const socket = await rawSocket();
    const message = opMsg(insertCommand(2));
    socket.write(message.subarray(0, message.length - 10));
    socket.destroy();
    await once(socket, 'close');
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
    expect(await stored()).toBe(before);
  });

  it('hangs up on bytes that are no message, and goes on serving others', async () => {
    const garbage = [
      Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
      Buffer.alloc(64, 0xff),
      Buffer.alloc(16),
      header(16, 1, 4711),
      Buffer.concat([header(21, 1, 2013), Buffer.from([0, 0, 0, 0, 9])]),
    ];
    for (const bytes of garbage) {
      const socket = await rawSocket();
      socket.write(bytes);
      await once(socket, 'close');
    }
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('answers a broken document with an error instead of storing it', async () => {
    const socket = await rawSocket();
    const message = opMsg({ insert: 'raw', x: 'text', $db: dbName });
    message.writeInt32LE(9_999, message.indexOf('x\0') + 2); // the length of the text
    socket.write(message);
    expect(await reply(socket)).toMatchObject({ ok: 0, code: 22 });
    socket.destroy();
  });

  it('gives no reply to an unacknowledged write but carries it out', async () => {
    const before = await stored();
    const socket = await rawSocket();
    socket.write(Buffer.concat([opMsg(insertCommand(3), 2), opMsg({ ping: 1, $db: 'admin' })]));
    expect(await reply(socket)).toEqual({ ok: 1 });
    expect(await stored()).toBe(before + 1);
    socket.destroy();
  });

  it('greets old clients that ask with OP_QUERY, and answers nothing else to them', async () => {
    const ask = async (document: BSON.Document): Promise<BSON.Document> => {
      const socket = await rawSocket();
      const body = BSON.serialize(document);
      const middle = Buffer.concat([
        Buffer.alloc(4),
        Buffer.from('admin.$cmd\0'),
        Buffer.alloc(4),
        Buffer.alloc(4, 0xff),
      ]);
      socket.write(Buffer.concat([header(16 + middle.length + body.length, 5, 2004), middle, body]));
      const [answer] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(answer.readInt32LE(12)).toBe(1);
      return BSON.deserialize(answer.subarray(36));
    };
    expect(await ask({ isMaster: 1 })).toMatchObject({ ismaster: true, ok: 1, maxWireVersion: 21 });
    expect(await ask({ count: 'raw' })).toMatchObject({ ok: 0, code: 352 });
  });
});
