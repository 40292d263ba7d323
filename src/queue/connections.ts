import { Redis } from 'ioredis';
import type { Log } from '#src/app/ports/services.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const COMMAND_TIMEOUT_MS = 2_000;
const QUIET_MS = 60_000;

/** How long until the next try to connect; never gives up, so that a restart of Redis needs no restart of ours. */
function reconnectDelayMs(attempt: number): number {
  return Math.min(100 * 2 ** Math.min(attempt, 5), 2_000);
}

/**
 * For those who add jobs: without Redis every command fails at once instead of waiting in a queue of its own, since the
 * truth is in the database already and the putting-back timer adds the job later.
 */
export function producerConnection(redisUrl: string, onError: (error: unknown) => void): Redis {
  const redis = new Redis(redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: reconnectDelayMs,
  });
  redis.on('error', onError);
  return redis;
}

/** For workers: BullMQ waits on blocking commands and must outlive any absence of Redis. */
export function workerConnection(redisUrl: string, onError: (error: unknown) => void): Redis {
  const redis = new Redis(redisUrl, {
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: reconnectDelayMs,
  });
  redis.on('error', onError);
  return redis;
}

/** Only what names the fault: messages and stacks can hold addresses, passwords and people's words. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : error.name;
}

/** Logs at most one line a minute a kind, with the number of lines left out. */
export function quietLogger(
  log: Log,
  message: string,
  realNowMs: () => number = Date.now,
): (kind: string, error: unknown) => void {
  const kinds = new Map<string, { untilMs: number; leftOut: number }>();
  return (kind, error) => {
    const nowMs = realNowMs();
    const seen = kinds.get(kind);
    if (seen !== undefined && nowMs < seen.untilMs) {
      seen.leftOut += 1;
      return;
    }
    kinds.set(kind, { untilMs: nowMs + QUIET_MS, leftOut: 0 });
    log.warn({ kind, code: errorCode(error), leftOut: seen?.leftOut ?? 0 }, message);
  };
}
