import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { BSON } from 'mongodb';
import { Command } from './command.ts';
import type { Backend, Reply } from './command.ts';
import { CursorTable } from './cursor-table.ts';
import { ConnectionLost, Database } from './database.ts';
import { CommandError, errorReply } from './errors.ts';
import { handshakeCommands, runCommand } from './handlers.ts';
import { encode } from './raw-bson.ts';
import { FrameReader, ProtocolError, readRequest, writeReply } from './wire.ts';
import type { Request } from './wire.ts';

/**
 * The wire-protocol gateway: MongoDB's OP_MSG in, one SQL call to DocumentDB, BSON out. For development and tests;
 * production is MongoDB. No authentication: it listens on loopback only.
 */
export type Gateway = { readonly port: number; close: () => Promise<void> };

/** Waiting messages of one client beyond which its socket is read no further. */
const maxWaiting = 64;
const poolSize = 32;

/** Listens on 127.0.0.1 (port 0 = chosen by the system) in front of the PostgreSQL at `postgresPort`. */
export async function startGateway(options: { port: number; postgresPort: number }): Promise<Gateway> {
  const backend: Backend = {
    database: new Database(options.postgresPort, poolSize),
    cursors: new CursorTable(),
  };
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, backend);
  });
  await listening(server, options.port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port');
  return {
    port: address.port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await backend.database.close();
    },
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', 1024, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

let lastReplyId = 0;

function serve(socket: Socket, backend: Backend): void {
  const frames = new FrameReader();
  let turn: Promise<void> = Promise.resolve();
  let waiting = 0;
  socket.on('error', () => socket.destroy());
  socket.on('data', (piece) => {
    try {
      for (const frame of frames.push(piece)) {
        const request = readRequest(frame);
        waiting += 1;
        turn = turn.then(async () => {
          await answer(socket, request, backend);
          waiting -= 1;
          if (waiting < maxWaiting) socket.resume();
        });
      }
      if (waiting >= maxWaiting) socket.pause();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      socket.destroy(); // nothing after these bytes can be told apart
    }
  });
}

async function answer(socket: Socket, request: Request, backend: Backend): Promise<void> {
  if (socket.destroyed) return;
  const reply = await replyTo(request, backend);
  if (reply === 'drop') {
    socket.destroy();
    return;
  }
  if (!request.wantsReply || !socket.writable) return;
  lastReplyId = (lastReplyId + 1) & 0x7fffffff;
  socket.cork();
  for (const part of writeReply(request, reply, lastReplyId)) socket.write(part);
  socket.uncork();
}

async function replyTo(request: Request, backend: Backend): Promise<Buffer | 'drop'> {
  try {
    return encoded(await runRequest(request, backend));
  } catch (error) {
    // Whether the statement was carried out is unknown: only a broken connection says that to a driver.
    if (error instanceof ConnectionLost) return 'drop';
    if (error instanceof BSON.BSONError || error instanceof RangeError) {
      return encode(errorReply(new CommandError('InvalidBSON', error.message)));
    }
    return encode(errorReply(error));
  }
}

async function runRequest(request: Request, backend: Backend): Promise<Reply> {
  const command = new Command(request, backend);
  if (request.kind === 'query' && !handshakeCommands.has(command.name)) {
    throw new CommandError('UnsupportedOpQueryCommand', `Unsupported OP_QUERY command: ${command.name}`);
  }
  return await runCommand(command);
}

const encoded = (reply: Reply): Buffer => (Buffer.isBuffer(reply) ? reply : encode(reply));
