import type { DeliveryStore } from '#src/app/ports/deliveries.ts';
import type { Clock } from '#src/app/ports/services.ts';
import type { Platform } from '#src/domain/inbound.ts';
import type { Delivery, DeliveryTarget, Lane } from '#src/domain/outbound.ts';

const LEASE_BATCH = 250;
/** With fewer in hand the next ones are fetched while these go out. */
const LOW = 120;
const LEASE_MS = 60_000;
/** A row held longer than this without its call is left to run out: another worker may be about to take it. */
const HOLD_MS = LEASE_MS - 15_000;

interface Held {
  readonly row: Delivery;
  readonly leasedAtMs: number;
}

export interface FeedPorts {
  readonly deliveries: Pick<DeliveryStore, 'lease' | 'settle'>;
  readonly clock: Clock;
  readonly realNowMs: () => number;
}

/**
 * The rows one worker holds. `next` gives the oldest row whose chat is free: rows of one chat go out one after the
 * other, in order. `release` frees the chat; `drain` empties the feed and answers what was held.
 */
export interface LeaseFeed {
  next(): Promise<Delivery | null>;
  /** Begins to lease before the first `next`. */
  prefetch(): void;
  release(row: Delivery, continues: boolean): Promise<void>;
  /** Leases no more rows of the run and gives back those in hand; answers nothing that `drain` would. */
  skip(runId: string): Promise<void>;
  drain(): Promise<readonly Delivery[]>;
}

export function createLeaseFeed(
  ports: FeedPorts,
  lane: { readonly platform: Platform; readonly lane: Lane; readonly token: string },
  skippedRuns: Set<string> = new Set(),
): LeaseFeed {
  let held: Held[] = [];
  const busy = new Set<string>();
  let filling: Promise<void> | null = null;
  let isDry = false;

  /** One lease at a time; whoever needs a row waits for the one under way. */
  function fillOnce(): Promise<void> {
    filling ??= fill().finally(() => (filling = null));
    return filling;
  }

  async function fill(): Promise<void> {
    const realNowMs = ports.realNowMs();
    const rows = await ports.deliveries.lease({
      ...lane,
      nowMs: ports.clock.nowMs(),
      limit: LEASE_BATCH,
      realNowMs,
      leaseMs: LEASE_MS,
      exceptRuns: [...skippedRuns],
    });
    isDry = rows.length === 0;
    held.push(...rows.map((row) => ({ row, leasedAtMs: realNowMs })));
  }

  function takeFree(): Delivery | null {
    const oldestMs = ports.realNowMs() - HOLD_MS;
    held = held.filter((entry) => entry.leasedAtMs >= oldestMs);
    const index = held.findIndex((entry) => !busy.has(targetKey(entry.row.target)));
    const [found] = index < 0 ? [] : held.splice(index, 1);
    if (!found) return null;
    busy.add(targetKey(found.row.target));
    return found.row;
  }

  async function giveBack(rows: readonly Held[]): Promise<void> {
    if (rows.length === 0) return;
    held = held.filter((entry) => !rows.includes(entry));
    await ports.deliveries.settle(
      rows.map((entry) => backToPending(entry.row)),
      lane.token,
    );
  }

  /** A failure is met by whoever waits for the rows. */
  function prefetch(): void {
    fillOnce().catch(() => undefined);
  }

  return {
    prefetch,
    async next() {
      const free = takeFree();
      if (held.length >= LEASE_BATCH) return free;
      if (free && held.length < LOW && !isDry) prefetch();
      if (free) return free;
      await fillOnce();
      return takeFree();
    },
    async release(row, continues) {
      const key = targetKey(row.target);
      busy.delete(key);
      if (!continues) return;
      // The rest of this message comes before anything else of its chat: those rows go back and are leased behind it.
      const behind = held.filter((entry) => targetKey(entry.row.target) === key);
      await giveBack(behind);
    },
    async skip(runId) {
      skippedRuns.add(runId);
      await filling?.catch(() => undefined);
      await giveBack(held.filter((entry) => entry.row.runId === runId));
    },
    async drain() {
      await filling?.catch(() => undefined);
      const rows = held.map((entry) => entry.row);
      held = [];
      return rows;
    },
  };
}

export function backToPending(row: Delivery): {
  readonly id: string;
  readonly state: 'pending';
  readonly dueAtMs: number;
} {
  return { id: row.id, state: 'pending', dueAtMs: row.dueAtMs };
}

function targetKey(target: DeliveryTarget): string {
  return target.kind === 'chat'
    ? `${target.chat.platform}:${target.chat.chatId}`
    : `=${target.destinationId}`;
}
