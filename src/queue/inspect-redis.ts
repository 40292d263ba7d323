import { Redis } from 'ioredis';

const TIMEOUT_MS = 5_000;

/** Whether Redis fits: version 7 or newer, `noeviction`. Throws a sentence when it does not, or does not answer. */
export async function inspectRedis(redisUrl: string): Promise<string> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const info = await redis.info();
    const version = /redis_version:(\S+)/u.exec(info)?.[1] ?? '0';
    const policy = /maxmemory_policy:(\S+)/u.exec(info)?.[1] ?? 'unknown';
    if (Number(version.split('.')[0]) < 7)
      throw new Error(`Redis ${version} is too old: 7 or newer is needed`);
    if (policy !== 'noeviction')
      throw new Error(`maxmemory-policy is ${policy}: it must be noeviction, else jobs vanish`);
    return `${version}, noeviction`;
  } finally {
    redis.disconnect();
  }
}
