/**
 * Opens the connection anew where the driver has gone deaf. Ours, as the driver (7.8) has a gap that no setting closes: it
 * awaits `drain` of a socket that was destroyed and has not said `close` yet, which then never comes. When a server goes
 * down its check of that server can meet this moment, and without a check no server is ever found again.
 */
import type { Connection } from 'mongoose';

export interface DriverSupervision {
  /** Resolves when nothing opens the connection any more. */
  stop(): Promise<void>;
}

export interface SupervisionOptions {
  /** Closes the connection and opens it again; throws while the server is away. */
  readonly reopen: () => Promise<void>;
  readonly onStuck: () => void;
  readonly lookEveryMs?: number;
}

const LOOK_EVERY_MS = 1_000;
/** A check ends after the time for connecting, 5 s; where the server holds it, after 10 s more. */
const STUCK_AFTER_LOOKS = 20;

/**
 * Looks whether the driver's checks of its servers come to an end. Counted in looks and not in time, so that a process
 * that was asleep hears first what came meanwhile.
 */
export function superviseDriver(connection: Connection, options: SupervisionOptions): DriverSupervision {
  const looksByServer = new Map<string, number>();
  let reopening: Promise<void> | null = null;
  let isStopped = false;

  const listen = (): void => {
    looksByServer.clear();
    const client = connection.getClient();
    client.on('serverHeartbeatStarted', ({ connectionId }) => looksByServer.set(connectionId, 0));
    client.on('serverHeartbeatSucceeded', ({ connectionId }) => looksByServer.delete(connectionId));
    client.on('serverHeartbeatFailed', ({ connectionId }) => looksByServer.delete(connectionId));
    client.on('serverClosed', ({ address }) => looksByServer.delete(address));
  };
  const reopen = async (): Promise<void> => {
    options.onStuck();
    try {
      await options.reopen();
      listen();
    } catch {
      // The next look tries again.
      looksByServer.set('', STUCK_AFTER_LOOKS);
    }
  };
  const look = (): void => {
    for (const [server, looks] of looksByServer) looksByServer.set(server, looks + 1);
    if (isStopped || reopening !== null || Math.max(0, ...looksByServer.values()) < STUCK_AFTER_LOOKS) return;
    reopening = reopen().finally(() => (reopening = null));
  };
  listen();
  const timer = setInterval(look, options.lookEveryMs ?? LOOK_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await reopening;
    },
  };
}
