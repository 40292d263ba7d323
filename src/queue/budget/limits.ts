import type { Platform } from '#src/domain/inbound.ts';
import type { Lane } from '#src/domain/outbound.ts';

export interface Limit {
  readonly calls: number;
  readonly perMs: number;
  /** Added to the window: the way to the platform is not equally long for each call. */
  readonly guardMs: number;
}

export interface PlatformLimits {
  readonly bot: Limit;
  readonly chat: Limit;
  readonly group: Limit | null;
  /** Slots of the bot, and of one group, that a lane leaves free for those before it. */
  readonly reserve: Readonly<Record<Lane, number>>;
  readonly groupReserve: Readonly<Record<Lane, number>>;
  /**
   * Broadcasts keep to a pace, so that a slot comes free all the time and none has to be kept back for replies: a burst
   * would fill the window, and a reply would wait for its end. See `Pace`.
   */
  readonly pace: Pace | null;
}

/**
 * How far apart broadcasts lie. While the window has room they are `quickMs` apart as long as those left are enough for
 * one each `slowMs` until used ones come free: n calls then end with the last whole window and a little, not at the even
 * rate, and slots that were missed are made up for. A full window gives each call the place of the one a window before,
 * so that this shape comes again and again; a gap that has grown beyond `gapMs` is closed by waiting in it. That is how
 * long a reply waits for a slot.
 */
export interface Pace {
  readonly quickMs: number;
  readonly slowMs: number;
  readonly gapMs: number;
}

/**
 * Telegram: its bot FAQ. Its second is short and whole broadcasts are bound by it, hence the small guard; calls that
 * come late are noticed (`late-calls.ts`). Zalo: 100 calls a minute and account.
 */
export const DEFAULT_LIMITS: Readonly<Record<Platform, PlatformLimits>> = {
  telegram: {
    bot: { calls: 30, perMs: 1_000, guardMs: 4 },
    chat: { calls: 1, perMs: 1_000, guardMs: 20 },
    group: { calls: 20, perMs: 60_000, guardMs: 250 },
    reserve: { reply: 0, reminder: 0, broadcast: 0 },
    groupReserve: { reply: 0, reminder: 2, broadcast: 4 },
    pace: { quickMs: 2, slowMs: 52, gapMs: 62 },
  },
  zalo: {
    bot: { calls: 100, perMs: 60_000, guardMs: 250 },
    chat: { calls: 1, perMs: 1_000, guardMs: 20 },
    group: null,
    reserve: { reply: 0, reminder: 5, broadcast: 10 },
    groupReserve: { reply: 0, reminder: 0, broadcast: 0 },
    pace: null,
  },
};

/**
 * How far ahead a lane may take a slot. The order of the lanes, over all processes: who may look further has the slot
 * before the others may ask for it. Broadcasts look just far enough to write down a row before its call, and never further
 * than this (`LookAhead`).
 */
export const AHEAD_MS: Readonly<Record<Lane, number>> = { reply: 1_100, reminder: 120, broadcast: 40 };
