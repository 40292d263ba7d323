import { parseArgs } from 'node:util';
import { startServices } from './index.ts';
import { ServicesUnavailable } from './unavailable.ts';

/**
 * `npm run services [-- --data <folder>]`: runs database and Redis until Ctrl-C and prints where they are, as lines that
 * fit into a .env file. Progress goes to stderr.
 */
const { values } = parseArgs({ options: { data: { type: 'string', default: '.data/services' } } });

try {
  const services = await startServices({ dataDir: values.data, log: (line) => console.error(line) });
  console.log(`MONGODB_URI=${services.mongodbUri}`);
  console.log(`REDIS_URL=${services.redisUrl}`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void services.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  setInterval(() => undefined, 2 ** 30); // with both URIs in the environment nothing else keeps the process
} catch (error) {
  if (!(error instanceof ServicesUnavailable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
