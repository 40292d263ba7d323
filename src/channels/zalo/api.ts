import type { FormData } from 'undici';
import { z } from 'zod';
import type { HttpAnswer, ZaloHttp, ZaloLimits } from './http.ts';
import { parseZaloJson } from './json.ts';
import { TOKEN_INVALID, type ZaloResult } from './outcome.ts';
import type { ZaloTokenKeeper } from './token-keeper.ts';

export interface ZaloApiOptions {
  readonly http: ZaloHttp;
  readonly keeper: ZaloTokenKeeper;
  /** `https://openapi.zalo.me` unless told. */
  readonly apiUrl?: string;
}

export type ApiCall =
  | { readonly method: 'GET'; readonly path: string; readonly query?: Readonly<Record<string, string>> }
  | { readonly method: 'POST'; readonly path: string; readonly json: unknown }
  | { readonly method: 'POST'; readonly path: string; readonly form: FormData };

/** The OpenAPI behind one door: it adds the token, and renews it once when the platform says that it is no good. */
export interface ZaloApi {
  call(call: ApiCall): Promise<ZaloResult>;
  /** What the rate-limit headers of the latest answer said; null before the first. */
  lastLimits(): ZaloLimits | null;
}

const envelopeSchema = z.object({
  error: z.union([z.int(), z.string().regex(/^-?\d{1,6}$/)]).transform(Number),
  data: z.unknown().optional(),
});

function resultOf(answer: HttpAnswer): ZaloResult {
  if (answer.kind === 'failed') return { kind: answer.why };
  if (answer.status >= 500) return { kind: 'server-error', status: answer.status };
  const envelope = envelopeSchema.safeParse(parseZaloJson(answer.bytes));
  if (envelope.success) {
    const { error, data } = envelope.data;
    return error === 0 ? { kind: 'success', data } : { kind: 'refused', code: error };
  }
  return answer.status >= 400 ? { kind: 'http-refused', status: answer.status } : { kind: 'unreadable' };
}

function requestOf(call: ApiCall, apiUrl: string, accessToken: string): Parameters<ZaloHttp['call']>[0] {
  const url = new URL(call.path, apiUrl);
  // The platform wants the bare header, never "Authorization: Bearer".
  const auth = { access_token: accessToken };
  if (call.method === 'GET') {
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
    return { method: 'GET', url, headers: auth };
  }
  if ('form' in call) return { method: 'POST', url, headers: auth, body: call.form };
  const headers = { ...auth, 'content-type': 'application/json' };
  return { method: 'POST', url, headers, body: JSON.stringify(call.json) };
}

const isTokenInvalid = (result: ZaloResult): boolean =>
  result.kind === 'refused'
    ? TOKEN_INVALID.includes(result.code)
    : result.kind === 'http-refused' && result.status === 401;

export function createZaloApi(options: ZaloApiOptions): ZaloApi {
  const { http, keeper, apiUrl = 'https://openapi.zalo.me' } = options;
  let limits: ZaloLimits | null = null;

  async function once(call: ApiCall, accessToken: string): Promise<ZaloResult> {
    const answer = await http.call(requestOf(call, apiUrl, accessToken));
    if (answer.kind === 'answer' && answer.limits !== null) limits = answer.limits;
    return resultOf(answer);
  }

  return {
    lastLimits: () => limits,
    async call(call) {
      const token = await keeper.token();
      if (token.kind === 'unavailable') return { kind: 'no-token', why: token.why };
      const result = await once(call, token.accessToken);
      if (!isTokenInvalid(result)) return result;
      const renewed = await keeper.renew(token.generation);
      // Refused for its token, the first call delivered nothing: calling again cannot double it.
      return renewed.kind === 'token'
        ? once(call, renewed.accessToken)
        : { kind: 'no-token', why: renewed.why };
    },
  };
}
