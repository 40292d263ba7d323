import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A database and a Redis that nobody else uses, so that they may be stopped and flushed. */
export interface OwnServices {
  readonly mongodbUri: string;
  readonly redisUrl: string;
  stopPart(part: ServicePart): Promise<void>;
  /** On the same port and with the same data. */
  startPart(part: ServicePart): Promise<void>;
  close(): Promise<void>;
}

/** `gateway`: a process of its own in front of the database, and stopped by `kill -9`. */
export type ServicePart = 'database' | 'redis' | 'gateway';

/** In a process of their own: servers die with the thread that starts them, which in a test is a short-lived one. */
export async function startOwnServices(
  options: { readonly hasOwnGateway?: true } = {},
): Promise<OwnServices> {
  const script = fileURLToPath(new URL('./services-child.ts', import.meta.url));
  // Those named in the environment are shared and must not be stopped.
  const args = options.hasOwnGateway ? ['own-gateway'] : [];
  const child = fork(script, args, { env: { ...process.env, MONGODB_URI: '', REDIS_URL: '' }, execArgv: [] });
  const uris = await answerOf<{ mongodbUri: string; redisUrl: string }>(child);
  const tell = async (order: string): Promise<void> => {
    const answer = answerOf(child);
    child.send(order);
    await answer;
  };
  return {
    ...uris,
    stopPart: (part) => tell(`${part}.stop`),
    startPart: (part) => tell(`${part}.start`),
    async close() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const gone = new AbortController();
  const ended = once(child, 'exit', { signal: gone.signal }).then(() => {
    throw new Error('the process of the services ended');
  });
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal: gone.signal }), ended])) as [T];
    return answer;
  } finally {
    gone.abort();
  }
}
