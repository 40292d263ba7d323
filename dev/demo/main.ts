import { parseArgs } from 'node:util';
import { MovableClock } from '#dev/sandbox/index.ts';
import { startServices } from '#dev/services/index.ts';
import { startWorld } from '#dev/world/world.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { castOf } from './cast.ts';
import { makeGroups } from './groups.ts';
import { openLedger } from './ledger.ts';
import { observedCounts } from './observed.ts';
import { recordedCounts } from './recorded.ts';
import { broadcast, POST_TITLE } from './scenes/broadcast.ts';
import { halfYearReport, planDuty, summer, yearReport } from './scenes/duties.ts';
import { gather } from './scenes/gather.ts';
import { reports } from './scenes/reports.ts';
import { quiet, type Stage } from './stage.ts';
import { howToTalk } from './stay.ts';
import { showTable } from './table.ts';
import { createTeller } from './telling.ts';

/** `npm run demo [-- --stay]`: one stretch of 2024 in a ward, told as it happens and counted at the end. */
const { values } = parseArgs({ options: { stay: { type: 'boolean', default: false } } });

const SCENES: readonly (readonly [string, (stage: Stage) => Promise<void>])[] = [
  ['Vào kênh: cán bộ và các nhóm', gather],
  ['Dân biết: một bài của TT-01 đến khắp phường', broadcast],
  ['Cán bộ làm: kế hoạch gửi đúng hạn (DL-1)', planDuty],
  ['Dân kiểm tra: hai người dân phản ánh', reports],
  ['Cán bộ làm: báo cáo 6 tháng (DL-2)', halfYearReport],
  ['Mùa hè: hai cuộc kiểm tra (KT-3)', summer],
  ['Cán bộ làm: báo cáo năm (DL-3), im lặng thì báo lên', yearReport],
];

const STOP_WITHIN_MS = 20_000;

/** What was started, to be stopped in the opposite order. */
const running: (() => Promise<void>)[] = [];
let stopping: Promise<void> | null = null;

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of running.toReversed()) await stop().catch(() => undefined);
  })();
  return stopping;
}

async function start(): Promise<Stage> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const services = await startServices({ log: say });
  running.push(() => services.stop());
  const clock = new MovableClock();
  clock.setMs(atLocal('2024-03-15', '07:00'));
  const uri = new URL(services.mongodbUri);
  uri.pathname = `/demo_${String(process.pid)}`;
  const made: { groups: Stage['groups'] | null } = { groups: null };
  const world = await startWorld({
    mongodbUri: uri.href,
    redisUrl: services.redisUrl,
    clock,
    logLevel: process.env['LOG_LEVEL'] ?? 'silent',
    prepare: (sandbox) => (made.groups = makeGroups(sandbox)),
  });
  running.push(() => world.stop());
  const ledger = await openLedger(uri.href);
  running.push(() => ledger.close());
  if (!made.groups) throw new Error('the groups were not made');
  const tell = createTeller(
    () => clock.nowMs(),
    (line) => process.stdout.write(`${line}\n`),
  );
  return { world, clock, ledger, tell, groups: made.groups, cast: castOf(world, tell) };
}

/** Names the step in what goes wrong in it. */
async function inStep<T>(title: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`hỏng ở bước “${title}”: ${why}`, { cause: error });
  }
}

async function play(stage: Stage): Promise<boolean> {
  const { world, groups, cast, ledger, tell } = stage;
  for (const [title, scene] of SCENES) {
    tell.title(title);
    await inStep(title, async () => {
      await scene(stage);
      await quiet(stage);
    });
  }
  return inStep('đối chiếu', async () => {
    const observed = observedCounts(world.sandbox, groups, cast, POST_TITLE);
    return showTable(tell, await recordedCounts(world, ledger, groups, cast), observed);
  });
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second one does not wait.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort();
    // A terminal interrupts the services, too: what they cannot answer any more must not hold us up.
    setTimeout(() => process.exit(130), STOP_WITHIN_MS).unref();
    void stopAll().then(() => process.exit(130));
  });
}

const startedAt = performance.now();
try {
  const stage = await inStep('mở máy', start);
  const agrees = await play(stage);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  stage.tell.line(`  ${String(seconds)} giây.`);
  process.exitCode = agrees ? 0 : 1;
  if (values.stay) {
    stage.tell.line(howToTalk(stage));
    await new Promise(() => undefined);
  }
} catch (error) {
  // Whoever interrupts has taken the ground from under the scene: that is no failure of its own.
  if (!interrupted.signal.aborted) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
await stopAll();
if (interrupted.signal.aborted) process.exitCode = 130;
process.exit();
