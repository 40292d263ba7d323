import { z } from 'zod';
import type { ZaloHttp } from './http.ts';
import { idSchema } from './ids.ts';
import { parseZaloJson } from './json.ts';

export interface ZaloOAuthOptions {
  readonly http: ZaloHttp;
  /** `https://oauth.zaloapp.com` unless told. */
  readonly oauthUrl?: string;
  readonly appId: string;
  /** The app's secret; the OA secret key of the webhook is another one. */
  readonly appSecret: string;
}

export type ZaloGrant =
  | { readonly kind: 'refresh'; readonly refreshToken: string }
  | { readonly kind: 'code'; readonly code: string; readonly verifier?: string };

export type ZaloGrantAnswer =
  | {
      readonly kind: 'pair';
      readonly accessToken: string;
      readonly refreshToken: string;
      readonly lifeMs: number;
    }
  /** No connection was made: the grant is unspent. */
  | { readonly kind: 'not-sent' }
  /** A readable refusal; `isSpent` when only new consent of the OA's admin helps. */
  | { readonly kind: 'refused'; readonly code: number; readonly isSpent: boolean }
  /** The grant may be spent and the new tokens lost: it must never be tried again. */
  | { readonly kind: 'uncertain' };

const pairSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  // A string in the vendor's SDK; 90,000 s, which is 25 h.
  expires_in: z.coerce.number().positive(),
});

const refusalSchema = z
  .object({
    error: z.coerce.number().int().optional().catch(undefined),
    error_code: z.coerce.number().int().optional().catch(undefined),
    error_name: idSchema.optional().catch(undefined),
    error_reason: idSchema.optional().catch(undefined),
    error_description: idSchema.optional().catch(undefined),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined && value !== 0));

/** -14014 and -118: the refresh token is no good any more (seen by a client in service). */
const SPENT_CODES = [-14014, -118];

function bodyOf(appId: string, grant: ZaloGrant): string {
  if (grant.kind === 'refresh') {
    return new URLSearchParams({
      refresh_token: grant.refreshToken,
      app_id: appId,
      grant_type: 'refresh_token',
    }).toString();
  }
  return new URLSearchParams({
    code: grant.code,
    app_id: appId,
    grant_type: 'authorization_code',
    ...(grant.verifier === undefined ? {} : { code_verifier: grant.verifier }),
  }).toString();
}

function refusalOf(body: unknown): ZaloGrantAnswer | null {
  const parsed = refusalSchema.safeParse(body);
  if (!parsed.success) return null;
  const { error, error_code: errorCode, error_name: name } = parsed.data;
  const code = error ?? errorCode ?? 0;
  return { kind: 'refused', code, isSpent: SPENT_CODES.includes(code) || name === 'invalid_grant' };
}

/** Trades a grant for a pair of tokens, in exactly one call. Errors arrive with HTTP 200 too. Never throws. */
export async function requestZaloTokens(
  options: ZaloOAuthOptions,
  grant: ZaloGrant,
): Promise<ZaloGrantAnswer> {
  const answer = await options.http.call({
    method: 'POST',
    url: new URL('/v4/oa/access_token', options.oauthUrl ?? 'https://oauth.zaloapp.com'),
    headers: { 'content-type': 'application/x-www-form-urlencoded', secret_key: options.appSecret },
    body: bodyOf(options.appId, grant),
  });
  if (answer.kind === 'failed') return { kind: answer.why === 'not-connected' ? 'not-sent' : 'uncertain' };
  if (answer.status >= 500) return { kind: 'uncertain' };
  const body = parseZaloJson(answer.bytes);
  const pair = pairSchema.safeParse(body);
  if (pair.success && answer.status < 400) {
    return {
      kind: 'pair',
      accessToken: pair.data.access_token,
      refreshToken: pair.data.refresh_token,
      lifeMs: pair.data.expires_in * 1_000,
    };
  }
  const refusal = refusalOf(body);
  if (refusal !== null) return refusal;
  // A refusal of something in between, such as a proxy. Half a pair, though, means that the old one is gone.
  return answer.status >= 400
    ? { kind: 'refused', code: answer.status, isSpent: false }
    : { kind: 'uncertain' };
}
