import { z } from 'zod';
import type { SendOutcome } from '#src/domain/outbound.ts';
import { idSchema } from './ids.ts';

/** What one call of the OpenAPI came to, free of tokens, texts and anything the server echoed. */
export type ZaloResult =
  | { readonly kind: 'success'; readonly data: unknown }
  /** `error` other than 0, which the platform sends with HTTP 200. */
  | { readonly kind: 'refused'; readonly code: number }
  /** A 4xx without the platform's envelope: a proxy, or a path that is no more. */
  | { readonly kind: 'http-refused'; readonly status: number }
  | { readonly kind: 'server-error'; readonly status: number }
  | { readonly kind: 'not-connected' | 'timeout' | 'cut' | 'unreadable' }
  | { readonly kind: 'no-token'; readonly why: 'reconnect' | 'busy' };

/** The only error this module lets out. `safeMessage` marks its message as fit for the log. */
export class ZaloCallError extends Error {
  override readonly name = 'ZaloCallError';
  readonly result: ZaloResult;
  readonly safeMessage: string;

  constructor(call: string, result: ZaloResult) {
    const detail = result.kind === 'refused' ? `refused ${result.code}` : result.kind;
    const safeMessage = `zalo ${call}: ${detail}`;
    super(safeMessage);
    this.safeMessage = safeMessage;
    this.result = result;
  }
}

/** Codes that mean "this access token is no good", in all the forms in which they were seen. */
export const TOKEN_INVALID: readonly number[] = [-216, -220, 216, 401, -401, -124];

export const ATTACHMENT_EXPIRED = -100;

const RATE_LIMITED = -32;
const SEND_FAILED = -200;

const NETWORK_RETRY_MS = 5_000;
const MINUTE_MS = 60_000;
/** Clocks differ a little: the limit is asked again just after its minute, not on it. */
const MINUTE_GUARD_MS = 250;

type GoneWhy = Extract<SendOutcome, { kind: 'recipient-gone' }>['why'];

const GONE: ReadonlyMap<number, GoneWhy> = new Map([
  [-213, 'not-found'],
  [-217, 'blocked'],
  [-227, 'deactivated'],
  [-244, 'blocked'],
  [-230, 'window-closed'],
  [-232, 'window-closed'],
  [-237, 'disabled'],
  [-403, 'kicked'],
]);

/** What only the OA's administration can mend: activation, permission, tier, quota, billing. */
const CONFIGURATION: ReadonlyMap<number, string> = new Map([
  [-204, 'OA is disabled'],
  [-205, 'OA does not exist'],
  [-209, 'app is not activated'],
  [-211, 'out of quota'],
  [-212, 'API is not registered'],
  [-218, 'out of quota for this recipient'],
  [-219, 'app is removed or disabled'],
  [-221, 'OA is not verified'],
  [-223, 'OA has not authorised this API'],
  [-224, 'OA needs another plan'],
  [-235, 'API does not fit this type of OA'],
  [-240, 'API is shut down'],
  [-242, 'invalid appsecret_proof'],
  [-320, 'Zalo Cloud Account is missing'],
  [-321, 'Zalo Cloud Account is out of money'],
]);

const CONTENT: ReadonlyMap<number, string> = new Map([
  [-201, 'a field is invalid'],
  [-210, 'too long or too large'],
  [-233, 'message type is not supported'],
  [-234, 'not at night'],
  [-248, 'against the rules of the platform'],
  [-249, 'template cannot be sent to an account'],
]);

const rejected = (cause: 'configuration' | 'content', code: string, detail: string): SendOutcome => ({
  kind: 'rejected',
  cause,
  code,
  detail,
});

function outcomeOfCode(code: number, nowMs: number): SendOutcome {
  if (code === RATE_LIMITED) {
    return { kind: 'retry', why: 'rate-limited', afterMs: MINUTE_MS - (nowMs % MINUTE_MS) + MINUTE_GUARD_MS };
  }
  // The cached upload is forgotten by the sender, so that the next try makes a new one.
  if (code === ATTACHMENT_EXPIRED) return { kind: 'retry', why: 'network', afterMs: 1_000 };
  // "Send message failed" does not say where: it counts as uncertain.
  if (code === SEND_FAILED) return { kind: 'unknown', why: 'server-error' };
  const gone = GONE.get(code);
  if (gone !== undefined) return { kind: 'recipient-gone', why: gone };
  if (TOKEN_INVALID.includes(code)) return rejected('configuration', String(code), 'access token is invalid');
  const configuration = CONFIGURATION.get(code);
  if (configuration !== undefined) return rejected('configuration', String(code), configuration);
  return rejected('content', String(code), CONTENT.get(code) ?? 'unlisted');
}

function outcomeOfStatus(status: number, nowMs: number): SendOutcome {
  if (status === 429) return outcomeOfCode(RATE_LIMITED, nowMs);
  return rejected(status === 413 ? 'content' : 'configuration', `http-${status}`, 'refused without a reason');
}

const sentSchema = z.object({ message_id: idSchema });

/**
 * The one mapping of Zalo's answers (table of error codes: two independent digests of the documentation). Only -32, a
 * connection that was never made and a token that was missing are tried again: they surely delivered nothing.
 * @param nowMs real time: the platform's limits run on it, from minute to minute
 */
export function outcomeOfZalo(result: ZaloResult, nowMs: number): SendOutcome {
  switch (result.kind) {
    case 'success': {
      const sent = sentSchema.safeParse(result.data);
      if (!sent.success) return { kind: 'unknown', why: 'unreadable' };
      return { kind: 'sent', externalId: sent.data.message_id };
    }
    case 'refused':
      return outcomeOfCode(result.code, nowMs);
    case 'http-refused':
      return outcomeOfStatus(result.status, nowMs);
    case 'server-error':
      return { kind: 'unknown', why: 'server-error' };
    case 'not-connected':
      return { kind: 'retry', why: 'network', afterMs: NETWORK_RETRY_MS };
    case 'timeout':
    case 'unreadable':
      return { kind: 'unknown', why: result.kind };
    case 'cut':
      return { kind: 'unknown', why: 'reset' };
    case 'no-token':
      return result.why === 'busy'
        ? { kind: 'retry', why: 'network', afterMs: NETWORK_RETRY_MS }
        : rejected('configuration', 'token', 'the OA must be connected again');
  }
}
