import { TelegramError } from 'telegraf';
import { z } from 'zod';
import type { SendOutcome } from '#src/domain/outbound.ts';

/** What went wrong with one call, free of the token, of the text and of anything the server echoed. */
export type TelegramFailure =
  | {
      readonly kind: 'refused';
      readonly code: number;
      /** One of `KNOWN_DESCRIPTIONS`, or `unlisted`: a server may echo what was sent. */
      readonly description: string;
      readonly retryAfterMs: number | null;
      readonly migrateToChatId: string | null;
    }
  | { readonly kind: 'server-error'; readonly code: number }
  /** Surely not delivered: no connection was made. */
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'timeout' | 'cut' | 'unreadable' };

/** The only error this module lets out. `safeMessage` marks its message as fit for the log. */
export class TelegramCallError extends Error {
  override readonly name = 'TelegramCallError';
  readonly failure: TelegramFailure;
  readonly safeMessage: string;

  constructor(method: string, failure: TelegramFailure) {
    const detail = 'code' in failure ? `${failure.kind} ${failure.code}` : failure.kind;
    const safeMessage = `telegram ${method}: ${detail}`;
    super(safeMessage);
    this.safeMessage = safeMessage;
    this.failure = failure;
  }
}

/** Lower-case parts of the Bot API's descriptions; the first that occurs is kept. */
const KNOWN_DESCRIPTIONS = [
  'bot was blocked by the user',
  'user is deactivated',
  "bot can't initiate conversation with a user",
  "bots can't send messages to bots",
  'bot was kicked from the supergroup chat',
  'bot was kicked from the group chat',
  'bot was kicked',
  'bot is not a member',
  'group chat was deleted',
  'group chat was upgraded to a supergroup chat',
  'chat not found',
  'user not found',
  'peer_id_invalid',
  'message is not modified',
  'message is too long',
  'message caption is too long',
  'message text is empty',
  'message to edit not found',
  "message can't be edited",
  'there is no text in the message to edit',
  'there is no caption in the message to edit',
  'button_data_invalid',
  'reply markup is too long',
  'query is too old and response timeout expired',
  'not enough rights',
  'have no rights to send a message',
  'chat_write_forbidden',
  'topic_closed',
  'message thread not found',
  'photo_invalid_dimensions',
  'image_process_failed',
  'wrong file identifier',
  'file is too big',
  'request entity too large',
  'file must be non-empty',
  'too many requests',
  'unauthorized',
  'terminated by other getupdates request',
  "can't use getupdates method while webhook is active",
  'not found',
] as const;

const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** Used when a 429 does not say how long to wait. */
const DEFAULT_RETRY_AFTER_S = 5;

const successSchema = z.object({ ok: z.literal(true), result: z.unknown() });

const refusalSchema = z.object({
  error_code: z.int(),
  description: z.string().catch(''),
  parameters: z
    .object({
      retry_after: z.number().positive().optional().catch(undefined),
      migrate_to_chat_id: z
        .union([z.int(), z.string().regex(/^-?\d+$/)])
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

function knownDescription(description: string): string {
  const lower = description.toLowerCase();
  return KNOWN_DESCRIPTIONS.find((known) => lower.includes(known)) ?? 'unlisted';
}

/** What an answer holds. @throws TelegramCallError for everything but a success */
export function resultOf(
  method: string,
  answer: { readonly status: number; readonly text: string },
): unknown {
  if (answer.status >= 500) {
    throw new TelegramCallError(method, { kind: 'server-error', code: answer.status });
  }
  const response = parsedJson(answer.text);
  const success = successSchema.safeParse(response);
  if (!success.success) throw new TelegramCallError(method, refusalOf(response));
  return success.data.result;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusalOf(response: unknown): TelegramFailure {
  const parsed = refusalSchema.safeParse(response);
  if (!parsed.success) return { kind: 'unreadable' };
  const { error_code: code, description, parameters } = parsed.data;
  if (code >= 500) return { kind: 'server-error', code };
  const retryAfterS = parameters?.retry_after ?? DEFAULT_RETRY_AFTER_S;
  const moved = parameters?.migrate_to_chat_id;
  return {
    kind: 'refused',
    code,
    description: knownDescription(description),
    retryAfterMs: code === 429 ? retryAfterS * 1_000 : null,
    migrateToChatId: moved === undefined ? null : String(moved),
  };
}

const textField = (error: Error, field: string): string => {
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : '';
};

/** Sorts any error of a call: telegraf's, node-fetch's, an abort, or one already mapped. */
export function failureOf(error: unknown): TelegramFailure {
  if (error instanceof TelegramCallError) return error.failure;
  if (error instanceof TelegramError) return refusalOf(error.response);
  if (!(error instanceof Error)) return { kind: 'cut' };
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return { kind: 'timeout' };
  const type = textField(error, 'type');
  if (type === 'request-timeout' || type === 'body-timeout') return { kind: 'timeout' };
  // An answer such as `null` makes telegraf itself stumble.
  if (type === 'invalid-json' || error instanceof TypeError) return { kind: 'unreadable' };
  return NOT_CONNECTED.includes(textField(error, 'code')) ? { kind: 'not-connected' } : { kind: 'cut' };
}

type GoneWhy = Extract<SendOutcome, { kind: 'recipient-gone' }>['why'];

/** Which refusals mean that nobody is there any more (the list of what mature broadcasters treat as permanent). */
const GONE: Readonly<Record<string, GoneWhy>> = {
  'bot was blocked by the user': 'blocked',
  "bot can't initiate conversation with a user": 'blocked',
  "bots can't send messages to bots": 'not-found',
  'user is deactivated': 'deactivated',
  'bot was kicked from the supergroup chat': 'kicked',
  'bot was kicked from the group chat': 'kicked',
  'bot was kicked': 'kicked',
  'bot is not a member': 'kicked',
  'group chat was deleted': 'not-found',
  'group chat was upgraded to a supergroup chat': 'not-found',
  'chat not found': 'not-found',
  'user not found': 'not-found',
  peer_id_invalid: 'not-found',
};

function outcomeOfRefusal(failure: Extract<TelegramFailure, { kind: 'refused' }>): SendOutcome {
  const { code, description } = failure;
  if (failure.retryAfterMs !== null) {
    return { kind: 'retry', why: 'rate-limited', afterMs: failure.retryAfterMs };
  }
  if (failure.migrateToChatId !== null) return { kind: 'moved', toChatId: failure.migrateToChatId };
  const gone = GONE[description];
  if (gone !== undefined && (code === 400 || code === 403)) return { kind: 'recipient-gone', why: gone };
  const cause = [401, 404, 409].includes(code) ? 'configuration' : 'content';
  return { kind: 'rejected', cause, code: String(code), detail: description };
}

/** Waits before a connection that could not be made is tried again. */
const NETWORK_RETRY_MS = 3_000;

/**
 * The one mapping of Telegram's errors. Only 429 and a connection that was never made are tried again: whatever broke
 * after that may have been delivered.
 */
export function outcomeOfTelegram(error: unknown): SendOutcome {
  const failure = failureOf(error);
  switch (failure.kind) {
    case 'refused':
      return outcomeOfRefusal(failure);
    case 'not-connected':
      return { kind: 'retry', why: 'network', afterMs: NETWORK_RETRY_MS };
    case 'server-error':
      return { kind: 'unknown', why: 'server-error' };
    case 'cut':
      return { kind: 'unknown', why: 'reset' };
    case 'timeout':
    case 'unreadable':
      return { kind: 'unknown', why: failure.kind };
  }
}
