import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '#src/app/ports/services.ts';
import type { InboundEvent } from '#src/domain/inbound.ts';
import type { TelegramApi } from './api.ts';
import { failureOf } from './errors.ts';
import { telegramInbound } from './inbound.ts';

/** What the bot wants to hear of; everything else would only be thrown away. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

export interface TelegramPollerOptions {
  readonly api: TelegramApi;
  /** Stores one event; the offset moves only after every event of a batch was stored. */
  readonly intake: (event: InboundEvent) => Promise<void>;
  readonly log: Log;
  /** Ends the loop; the call in flight is given up, the event being stored is finished. */
  readonly signal: AbortSignal;
  /** The clock that dates taps, for which Telegram gives no time. */
  readonly nowMs?: () => number;
  /** How long the server may hold one empty poll; 25 s unless told. */
  readonly longPollS?: number;
  /** First and longest wait after a failure, and the wait after a refusal that needs a person (401, 409). */
  readonly waits?: { readonly firstMs: number; readonly maxMs: number; readonly refusedMs: number };
  /** In [0, 1): spreads the waits of processes that failed together. */
  readonly random?: () => number;
}

const DEFAULT_WAITS = { firstMs: 500, maxMs: 15_000, refusedMs: 30_000 };

/** Time a poll may take beyond what the server holds it. */
const POLL_MARGIN_MS = 10_000;

type Attempt = { readonly kind: 'done' } | { readonly kind: 'wait'; readonly atLeastMs: number };

const DONE: Attempt = { kind: 'done' };

const updateIdOf = (update: unknown): number | null => {
  if (typeof update !== 'object' || update === null) return null;
  const id: unknown = Reflect.get(update, 'update_id');
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : null;
};

/** A call that failed: logged, and how long to wait at least. */
function waitAfter(error: unknown, options: TelegramPollerOptions, call: string): Attempt {
  if (options.signal.aborted) return DONE;
  const { log, waits = DEFAULT_WAITS } = options;
  const failure = failureOf(error);
  if (failure.kind !== 'refused') {
    log.warn({ call, reason: failure.kind }, 'telegram poll failed');
    return { kind: 'wait', atLeastMs: 0 };
  }
  log.error({ call, code: failure.code, reason: failure.description }, 'telegram poll refused');
  return { kind: 'wait', atLeastMs: failure.retryAfterMs ?? waits.refusedMs };
}

/** Stores every event of the batch, oldest first; throws what `intake` throws. */
async function storeBatch(updates: readonly unknown[], options: TelegramPollerOptions): Promise<void> {
  for (const update of updates) {
    const inbound = telegramInbound(update, options.nowMs?.());
    if (inbound.kind === 'event') await options.intake(inbound.event);
    else options.log.info({ updateId: updateIdOf(update), reason: inbound.reason }, 'update ignored');
  }
}

function createPoll(options: TelegramPollerOptions): () => Promise<Attempt> {
  const { api, log, signal, longPollS = 25 } = options;
  let offset = 0;
  return async () => {
    let updates: unknown;
    try {
      updates = await api.call(
        'getUpdates',
        { offset, timeout: longPollS, limit: 100, allowed_updates: ALLOWED_UPDATES },
        { timeoutMs: longPollS * 1_000 + POLL_MARGIN_MS, signal },
      );
    } catch (error) {
      return waitAfter(error, options, 'getUpdates');
    }
    if (!Array.isArray(updates)) {
      log.warn({ reason: 'unreadable' }, 'telegram poll failed');
      return { kind: 'wait', atLeastMs: 0 };
    }
    try {
      await storeBatch(updates, options);
    } catch (error) {
      log.error({ err: error, offset }, 'updates not stored, asking again');
      return { kind: 'wait', atLeastMs: 0 };
    }
    const ids = updates.map(updateIdOf).filter((id) => id !== null);
    const next = Math.max(offset, ...ids.map((id) => id + 1));
    // Updates without an id cannot be confirmed: asking at once would turn in circles.
    const moved = next > offset || updates.length === 0;
    offset = next;
    return moved ? DONE : { kind: 'wait', atLeastMs: 0 };
  };
}

/** Repeats until done or stopped; the waits grow, with jitter, and start again after a success. */
async function untilDone(attempt: () => Promise<Attempt>, options: TelegramPollerOptions): Promise<void> {
  const { signal, random = Math.random, waits = DEFAULT_WAITS } = options;
  for (let failures = 0; !signal.aborted; failures += 1) {
    const result = await attempt();
    if (result.kind === 'done') return;
    const backoffMs = Math.min(waits.maxMs, waits.firstMs * 2 ** failures) * (0.5 + random() / 2);
    // Aborting a wait is how the loop is asked to end.
    await sleep(Math.max(result.atLeastMs, backoffMs), undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Our own `getUpdates` loop. An update is confirmed (by the next offset) only after its event is stored, so neither a crash nor
 * a database that is away loses one; repeated ones meet in the inbox. Resolves once `signal` is aborted, never rejects.
 */
export async function runTelegramPoller(options: TelegramPollerOptions): Promise<void> {
  const { api, signal } = options;
  const dropWebhook = async (): Promise<Attempt> => {
    try {
      await api.call('deleteWebhook', { drop_pending_updates: false }, { timeoutMs: POLL_MARGIN_MS, signal });
      return DONE;
    } catch (error) {
      return waitAfter(error, options, 'deleteWebhook');
    }
  };
  await untilDone(dropWebhook, options);
  const poll = createPoll(options);
  while (!signal.aborted) await untilDone(poll, options);
}
