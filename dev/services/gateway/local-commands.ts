import type { Command, Handler, Reply } from './command.ts';
import { maxMessageBytes } from './wire.ts';

/** Commands that the gateway answers by itself. It presents itself as a standalone server of MongoDB 7.0. */

const version = '7.0.0';
const versionArray = [7, 0, 0, 0];
/** The wire version of 7.0; client.bulkWrite begins with 8.0 and is not there. */
const maxWireVersion = 21;

function hello(command: Command): Reply {
  return {
    [command.name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
    helloOk: true,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: maxMessageBytes,
    // The engine takes at most 25,000 writes a batch.
    maxWriteBatchSize: 25_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
    ok: 1,
  };
}

const ok: Handler = () => ({ ok: 1 });

const buildInfo: Handler = () => ({
  version,
  versionArray,
  gitVersion: 'loa-phuong development gateway over DocumentDB',
  modules: [],
  bits: 64,
  maxBsonObjectSize: 16 * 1024 * 1024,
  storageEngines: ['documentdb'],
  ok: 1,
});

const serverStatus: Handler = () => ({
  host: '127.0.0.1',
  version,
  process: 'loa-phuong development gateway over DocumentDB',
  pid: process.pid,
  uptime: Math.floor(process.uptime()),
  localTime: new Date(),
  storageEngine: { name: 'documentdb', persistent: true },
  ok: 1,
});

export const localCommands: Readonly<Record<string, Handler>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: ok,
  endSessions: ok,
  refreshSessions: ok,
  killSessions: ok,
  killAllSessions: ok,
  logout: ok,
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  hostInfo: () => ({ system: { hostname: '127.0.0.1' }, ok: 1 }),
  getCmdLineOpts: () => ({ argv: [], parsed: {}, ok: 1 }),
  getLog: () => ({ totalLinesWritten: 0, log: [], ok: 1 }),
  getParameter: () => ({ featureCompatibilityVersion: { version: '7.0' }, ok: 1 }),
  whatsmyuri: () => ({ you: '127.0.0.1', ok: 1 }),
  connectionStatus: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
};
