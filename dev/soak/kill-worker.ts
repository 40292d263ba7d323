import { startServices } from '#dev/services/index.ts';
import { runKill, type KillFigures } from './kill-scenario.ts';

/** `node dev/soak/kill-worker.ts`: ten broadcasts to 300 chats, each with its worker killed once, in figures. */

const ROUNDS = 10;
const AT_ONCE = 5;
const CHATS = 300;

const services = await startServices();
const figures: KillFigures[] = [];
for (let first = 0; first < ROUNDS; first += AT_ONCE) {
  const rounds = Array.from({ length: AT_ONCE }, (_, n) =>
    runKill({
      mongodbUri: new URL(`/soak_kill_${first + n}`, services.mongodbUri).href,
      redisUrl: `${services.redisUrl}/${first + n}`,
      chats: CHATS,
    }),
  );
  figures.push(...(await Promise.all(rounds)));
}
await services.stop();
console.table(figures);
const isWell = figures.every(
  (one) => one.withTwoOrMore === 0 && one.lost === 0 && one.unknown <= one.inFlight,
);
console.log(isWell ? 'every chat has one message or a row unknown' : 'NOT WELL');
process.exit(isWell ? 0 : 1);
