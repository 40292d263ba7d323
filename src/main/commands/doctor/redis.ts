import { inspectRedis } from '#src/queue/inspect-redis.ts';
import { codeOf, type Finding, ill, well } from './finding.ts';

const PART = 'redis';

export async function redisFindings(redisUrl: string): Promise<readonly Finding[]> {
  return [well(PART, await inspectRedis(redisUrl))];
}

/** The words of the driver are not repeated: they can hold the address, and with it a password. */
export function redisTrouble(error: unknown): Finding {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('too old')) return ill(PART, message, 'install Redis 7 or newer');
  if (message.includes('noeviction')) {
    return ill(PART, message, 'in redis.conf: maxmemory-policy noeviction');
  }
  if (/NOAUTH|WRONGPASS|ERR AUTH/u.test(message)) {
    return ill(
      PART,
      'refuses the user or the password',
      'they stand in REDIS_URL: redis://user:password@host',
    );
  }
  const why = codeOf(error);
  const detail = why === null ? 'does not answer' : `does not answer (${why})`;
  return ill(PART, detail, 'is Redis running, and is REDIS_URL right?');
}
