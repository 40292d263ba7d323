import { setTimeout as sleep } from 'node:timers/promises';
import { type BroadcastRun, type RunCounts, type RunState, totalOf } from '#src/domain/run.ts';
import type { Core } from '../core.ts';
import { type CommandAnswer, failed, table } from './output.ts';
import { showRun } from './run.ts';

/** Where a watched run is shown: redrawn in place, or a line at each change. */
export interface Screen {
  readonly isRedrawn: boolean;
  readonly isJson: boolean;
  write(text: string): void;
}

export const screenOf = (isJson: boolean): Screen => ({
  isRedrawn: !isJson && process.stdout.isTTY,
  isJson,
  write: (text) => void process.stdout.write(text),
});

const LOOK_EVERY_MS = 1_000;
const OVER: ReadonlySet<RunState> = new Set(['done', 'cancelled', 'expired', 'corrected', 'returned']);
/** Back to the start of the block and everything below it away. */
const upAndClear = (lines: number): string => (lines === 0 ? '' : `\u001B[${String(lines)}A\u001B[0J`);

interface Look {
  readonly run: BroadcastRun;
  readonly counts: RunCounts;
  readonly channels: Readonly<Record<string, RunCounts>>;
  readonly perMinute: number;
  readonly minutesLeft: number | null;
}

/**
 * Shows a run until it is over, then answers as `showRun` does. As JSON one object a line and change, `{run, state,
 * perMinute, minutesLeft, channels, …counts}`: `minutesLeft` is null while nothing has gone out, `channels` holds the
 * counts of each rendering. Failed with the reason `unknown-run`.
 */
export async function watchRun(core: Core, runId: string, screen: Screen): Promise<CommandAnswer> {
  let drawn = 0;
  let last = '';
  for (;;) {
    const look = await lookAt(core, runId);
    if (!look) return failed('unknown-run', `there is no run ${runId}`);
    const text = screen.isJson ? JSON.stringify(jsonOf(look)) : linesOf(look, screen.isRedrawn).join('\n');
    if (text !== last) {
      screen.write(`${screen.isRedrawn ? upAndClear(drawn) : ''}${text}\n`);
      drawn = text.split('\n').length;
      last = text;
    }
    // As JSON the last line has said it all.
    if (OVER.has(look.run.state)) {
      const answer = await showRun(core, runId);
      return screen.isJson ? { ...answer, json: undefined, lines: [], isSaid: true } : answer;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function lookAt(core: Core, runId: string): Promise<Look | null> {
  const run = await core.store.runs.get(runId);
  if (!run) return null;
  const channels = await core.store.deliveries.countsByRendering(runId);
  const counts = sumOf(Object.values(channels));
  const open = counts.pending + counts.sending;
  const ended = totalOf(counts) - open;
  const untilMs = run.finishedAtMs ?? core.clock.nowMs();
  const minutes = Math.max(1_000, untilMs - (run.startedAtMs ?? untilMs)) / 60_000;
  const perMinute = ended / minutes;
  return {
    run,
    counts,
    channels,
    perMinute: Math.round(perMinute),
    minutesLeft: ended === 0 ? null : Math.ceil(open / perMinute),
  };
}

const NOTHING: RunCounts = {
  pending: 0,
  sending: 0,
  sent: 0,
  unknown: 0,
  gone: 0,
  rejected: 0,
  cancelled: 0,
  relayed: 0,
  readAloud: 0,
  toRead: 0,
  handedOver: 0,
};
const NAMES = Object.keys(NOTHING) as (keyof RunCounts)[];

function sumOf(all: readonly RunCounts[]): RunCounts {
  return all.reduce(
    (sum, one) =>
      Object.fromEntries(NAMES.map((name) => [name, sum[name] + one[name]])) as unknown as RunCounts,
    NOTHING,
  );
}

const jsonOf = ({ run, counts, channels, perMinute, minutesLeft }: Look): object => ({
  run: run.id,
  state: run.state,
  perMinute,
  minutesLeft,
  channels,
  ...counts,
});

function linesOf(look: Look, isRedrawn: boolean): readonly string[] {
  const { run, counts, channels, perMinute, minutesLeft } = look;
  const total = totalOf(counts);
  const open = counts.pending + counts.sending;
  const percent = total === 0 ? 0 : Math.floor(((total - open) / total) * 100);
  const rate = `${String(perMinute)} a minute`;
  const left = minutesLeft === null || open === 0 ? '' : `, ${String(minutesLeft)} min left`;
  const head = `${run.state}  ${String(percent)} %  ${String(total - open)}/${String(total)}  ${rate}${left}`;
  if (!isRedrawn) {
    const states = NAMES.filter((name) => counts[name] > 0).map((name) => `${name} ${String(counts[name])}`);
    return [[head, ...states].join('  ')];
  }
  const shown = NAMES.filter((name) => counts[name] > 0);
  const row = (name: string, of: RunCounts) => [name, ...shown.map((state) => String(of[state]))];
  const rows = Object.entries(channels).map(([name, of]) => row(name, of));
  return [head, ...table([['', ...shown], ...rows, row('all', counts)])];
}
