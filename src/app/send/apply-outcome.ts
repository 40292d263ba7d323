import type { DeliveryResult } from '#src/app/ports/deliveries.ts';
import { chatKey, type ChatRef } from '#src/domain/inbound.ts';
import type { Delivery, SendOutcome } from '#src/domain/outbound.ts';
import { outcomeOfEdit } from './edit-outcome.ts';
import { patiently } from './patiently.ts';
import type { SendPorts } from './ports.ts';

/** So many attempts with configuration errors, while other messages go out, are this message's own fault. */
const MAX_CONFIGURATION_ATTEMPTS = 20;
const CONFIGURATION_RETRY_MS = 60_000;
/** So many network failures in a row: the line is down, and the lane waits instead of walking through every row. */
const MAX_NETWORK_FAILURES = 5;
/** Two chats refused within this time: it is the bot that is too fast, not one chat. */
const SAME_FLOOD_MS = 2_000;

/** Telegram's words for a topic where nothing can be written, as `channels/telegram/errors` keeps them. */
const TOPIC_GONE: ReadonlySet<string> = new Set(['topic_closed', 'message thread not found']);
const TOPIC_LOST = 'topic-lost';

export interface Applied {
  readonly result: DeliveryResult;
  /** `paused`: only a person sets the channel going again. A number: the lane rests so many milliseconds. */
  readonly lane: 'go-on' | 'paused' | number;
}

type OutcomePorts = Pick<
  SendPorts,
  'destinations' | 'budget' | 'health' | 'clock' | 'realNowMs' | 'sleep' | 'alerts' | 'log'
>;
type Outcome<K extends SendOutcome['kind']> = Extract<SendOutcome, { kind: K }>;

/** Turns what a call came to into the row's new state, with everything else it means. One for each run of a lane. */
export function createOutcomes(
  ports: OutcomePorts,
): (row: Delivery, chat: ChatRef, outcome: SendOutcome, isLast: boolean) => Promise<Applied> {
  let networkFailures = 0;
  let lastRefused: { readonly key: string; readonly atMs: number } | null = null;
  let errorsSinceSuccess = true;

  const pending = (row: Delivery, afterMs: number, detail: string): DeliveryResult => ({
    id: row.id,
    state: 'pending',
    dueAtMs: ports.clock.nowMs() + afterMs,
    detail,
  });

  async function sent(
    row: Delivery,
    chat: ChatRef,
    outcome: Outcome<'sent'>,
    isLast: boolean,
  ): Promise<Applied> {
    if (errorsSinceSuccess) {
      errorsSinceSuccess = false;
      await patiently(ports, () => ports.health.succeeded(row.platform));
    }
    const externalIds = [outcome.externalId];
    const isFirst = row.sentParts.length === 0;
    const edited = row.edits && row.sentParts.length + 1 >= row.edits.length && !isLast;
    const where = {
      ...(isFirst ? { sentTo: chat.chatId } : {}),
      ...(edited ? { endsEdits: true as const } : {}),
    };
    // Stored before the next part goes out: a crash in between continues with that part and repeats none.
    const result: DeliveryResult = isLast
      ? { id: row.id, state: 'sent', externalIds, ...where }
      : { id: row.id, state: 'pending', externalIds, dueAtMs: row.dueAtMs, ...where };
    return { result, lane: 'go-on' };
  }

  async function retry(row: Delivery, chat: ChatRef, outcome: Outcome<'retry'>): Promise<Applied> {
    const { afterMs } = outcome;
    if (outcome.why === 'network') {
      networkFailures += 1;
      const lane = networkFailures >= MAX_NETWORK_FAILURES ? afterMs : 'go-on';
      return { result: pending(row, afterMs, 'network'), lane };
    }
    const nowMs = ports.realNowMs();
    const key = chatKey(chat);
    const isFlood =
      lastRefused !== null && lastRefused.key !== key && nowMs - lastRefused.atMs < SAME_FLOOD_MS;
    lastRefused = { key, atMs: nowMs };
    // Zalo counts by account; Telegram does not say whose limit it was.
    const chatId = row.platform === 'zalo' || isFlood ? null : chat.chatId;
    await ports.budget.penalise(row.platform, chatId, afterMs);
    await ports.health.penalise(row.platform, chatId, nowMs + afterMs);
    const scope = chatId === null ? 'bot' : 'chat';
    ports.log.warn({ delivery: row.id, platform: row.platform, scope, afterMs }, 'rate limited');
    return { result: pending(row, afterMs, 'rate-limited'), lane: 'go-on' };
  }

  async function gone(row: Delivery, chat: ChatRef, why: string): Promise<Applied> {
    const destinationId = await destinationOf(ports, row, chat);
    // A closed window opens again with the person's next message: that is no lost recipient.
    if (destinationId !== null && why !== 'window-closed') {
      await ports.destinations.setState(destinationId, 'unreachable', why);
    }
    return { result: { id: row.id, state: 'gone', detail: why }, lane: 'go-on' };
  }

  async function rejected(row: Delivery, outcome: Outcome<'rejected'>): Promise<Applied> {
    ports.log.warn({ delivery: row.id, cause: outcome.cause, code: outcome.code }, 'message rejected');
    const detail = `${outcome.cause}:${outcome.code}`;
    if (outcome.cause === 'content')
      return { result: { id: row.id, state: 'rejected', detail }, lane: 'go-on' };
    errorsSinceSuccess = true;
    const answer = await ports.health.configurationError(row.platform, outcome.code);
    if (answer === 'paused') {
      await ports.alerts.raise('channelPaused', { channel: row.platform, code: outcome.code });
    }
    const result: DeliveryResult =
      row.attempts >= MAX_CONFIGURATION_ATTEMPTS
        ? { id: row.id, state: 'rejected', detail }
        : pending(row, CONFIGURATION_RETRY_MS, detail);
    return { result, lane: answer === 'paused' ? 'paused' : 'go-on' };
  }

  /** The topic was closed or deleted: the post goes into the general one, and an admin may choose another. */
  async function withoutTopic(row: Delivery, outcome: Outcome<'rejected'>): Promise<Applied | null> {
    if (row.target.kind !== 'destination' || !TOPIC_GONE.has(outcome.detail)) return null;
    const { destinationId } = row.target;
    // Only once: a general topic that refuses too is a refusal.
    if (row.detail === TOPIC_LOST) return null;
    const title = (await ports.destinations.many([destinationId]))[0]?.title ?? '';
    await ports.alerts.raise('topicLost', { title }, destinationId);
    await ports.destinations.setThread(destinationId, null);
    return { result: pending(row, 0, TOPIC_LOST), lane: 'go-on' };
  }

  return async (row, chat, outcome, isLast) => {
    if (outcome.kind !== 'retry' || outcome.why !== 'network') networkFailures = 0;
    const ofEdit = row.edits ? outcomeOfEdit(row, outcome, ports.clock.nowMs()) : null;
    if (ofEdit) return { result: ofEdit, lane: 'go-on' };
    switch (outcome.kind) {
      case 'sent':
        return sent(row, chat, outcome, isLast);
      case 'retry':
        return retry(row, chat, outcome);
      case 'moved': {
        const destinationId = await destinationOf(ports, row, chat);
        if (destinationId !== null) await ports.destinations.move(destinationId, outcome.toChatId);
        return { result: pending(row, 0, 'moved'), lane: 'go-on' };
      }
      case 'unknown':
        ports.log.warn({ delivery: row.id, why: outcome.why }, 'delivery unknown');
        return { result: { id: row.id, state: 'unknown', detail: outcome.why }, lane: 'go-on' };
      case 'recipient-gone':
        return gone(row, chat, outcome.why);
      case 'rejected':
        return (await withoutTopic(row, outcome)) ?? rejected(row, outcome);
    }
  };
}

async function destinationOf(
  ports: Pick<SendPorts, 'destinations'>,
  row: Delivery,
  chat: ChatRef,
): Promise<string | null> {
  if (row.target.kind === 'destination') return row.target.destinationId;
  return (await ports.destinations.byChat(chat))?.id ?? null;
}
