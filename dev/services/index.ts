import { DataFolder } from './data-folder.ts';
import { debianRoot } from './debian-root.ts';
import { startGateway } from './gateway/server.ts';
import { startMongod } from './mongod.ts';
import { startPostgres } from './postgres.ts';
import { freePort, onPath } from './processes.ts';
import { startRedis } from './redis.ts';
import { foreignService, ownService } from './service.ts';
import type { Service } from './service.ts';

/**
 * A database and a Redis for development and tests, without containers. For each of the two, in this order: the URI in
 * the environment (MONGODB_URI, REDIS_URL), the program on the PATH (mongod, redis-server), Debian's packages.
 */
export type Services = {
  readonly mongodbUri: string;
  readonly redisUrl: string;
  readonly redis: { stop: () => Promise<void>; start: () => Promise<void> };
  readonly database: { stop: () => Promise<void>; start: () => Promise<void> };
  stop: () => Promise<void>;
};

export type StartOptions = {
  /** Where the data stay between starts; without it a temporary folder, removed by `stop`. */
  readonly dataDir?: string;
  readonly log?: (line: string) => void;
};

type Context = { readonly data: DataFolder; readonly log: (line: string) => void };

/**
 * Starts what is not named in the environment and resolves when both answer. Call it from the main thread: the servers
 * die with the thread that started them. Throws ServicesUnavailable with one sentence when a service cannot be had.
 */
export async function startServices(options: StartOptions = {}): Promise<Services> {
  const data = await DataFolder.take(options.dataDir);
  const context: Context = { data, log: options.log ?? (() => undefined) };
  const started: Service[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((service) => service.stop()));
    data.release();
  };
  try {
    const mongodbUri = fromEnvironment('MONGODB_URI');
    const redisUrl = fromEnvironment('REDIS_URL');
    const database =
      mongodbUri === undefined ? await ownDatabase(context) : foreignService(mongodbUri, 'MONGODB_URI');
    if (mongodbUri === undefined) started.push(database);
    const redis = redisUrl === undefined ? await ownRedis(context) : foreignService(redisUrl, 'REDIS_URL');
    if (redisUrl === undefined) started.push(redis);
    return { mongodbUri: database.uri, redisUrl: redis.uri, database, redis, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function fromEnvironment(variable: string): string | undefined {
  const value = process.env[variable];
  return value === undefined || value === '' ? undefined : value;
}

async function ownDatabase(context: Context): Promise<Service> {
  const uri = (port: number): string => `mongodb://127.0.0.1:${port}/`;
  const mongod = onPath('mongod');
  if (mongod !== undefined)
    return await ownService(uri, (port) => startMongod(mongod, context.data, port), 0);
  const root = await debianRoot('services', context.log);
  return await ownService(uri, (port) => startDocumentDb(root, context, port), 0);
}

/** PostgreSQL and, in this process, the gateway in front of it; they start and stop together, as one server would. */
async function startDocumentDb(
  root: string,
  { data }: Context,
  port: number,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const postgres = await startPostgres(root, data);
  try {
    const chosen = port === 0 ? await freePort(data.lastPort('gateway')) : port;
    const gateway = await startGateway({ port: chosen, postgresPort: postgres.port });
    data.remember('gateway', process.pid, gateway.port);
    return {
      port: gateway.port,
      stop: async () => {
        await gateway.close();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function ownRedis(context: Context): Promise<Service> {
  const program = onPath('redis-server');
  const from = program === undefined ? { root: await debianRoot('services', context.log) } : { program };
  return await ownService(
    (port) => `redis://127.0.0.1:${port}`,
    (port) => startRedis(from, context.data, port),
    0,
  );
}
