import { setTimeout as delay } from 'node:timers/promises';
import type { MovableClock } from '#dev/sandbox/index.ts';
import type { World } from '#dev/world/world.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import type { Cast } from './cast.ts';
import type { Groups } from './groups.ts';
import type { Ledger } from './ledger.ts';
import type { Teller } from './telling.ts';

/** Everything that a scene plays with. */
export interface Stage {
  readonly world: World;
  readonly clock: MovableClock;
  readonly ledger: Ledger;
  readonly tell: Teller;
  readonly groups: Groups;
  readonly cast: Cast;
}

const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 30_000;

/** Looks until it is so. Throws with `what` when it does not come. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`không thấy: ${what}`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Resolves when nothing is on its way in either direction: then the clock may jump. */
export async function quiet({
  world,
  ledger,
  clock,
}: Pick<Stage, 'world' | 'ledger' | 'clock'>): Promise<void> {
  const { inbox, conversations } = world.runtime.core.store;
  await world.sandbox.zalo.webhooks.settled({ timeoutMs: PATIENCE_MS });
  await until('mọi tin đã xử lý xong', async () => {
    if (world.sandbox.telegram.pendingUpdates() > 0) return false;
    if ((await inbox.waitingChats(1)).length > 0) return false;
    if ((await conversations.waitingEffects(1)).length > 0) return false;
    return (await ledger.underWay(clock.nowMs())) === 0;
  });
}

/** Moves the ward's clock forward to an instant and lets the bot do what is due by then. */
export async function jump(stage: Stage, atMs: number, words: string): Promise<void> {
  await quiet(stage);
  await leap(stage, atMs, words);
}

/** The same while something is still on its way: for what must meet the bot unprepared. */
export async function leap(stage: Stage, atMs: number, words: string): Promise<void> {
  if (atMs < stage.clock.nowMs()) throw new Error(`đồng hồ đã qua lúc này: ${new Date(atMs).toISOString()}`);
  stage.clock.setMs(atMs);
  stage.tell.moment(words);
  await tick(stage);
}

export function jumpTo(stage: Stage, date: string, time: string, words: string): Promise<void> {
  return jump(stage, atLocal(date, time), words);
}

/** What the worker's timers do every few seconds, done now. */
export async function tick({ world }: Pick<Stage, 'world'>): Promise<void> {
  const { signal } = new AbortController();
  await world.runtime.jobPorts.tickDuties(signal);
  await world.runtime.jobPorts.advanceRuns(signal);
}
