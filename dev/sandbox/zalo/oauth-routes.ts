import { parseBody } from '../core/http.ts';
import type { HttpHandler, HttpReply, HttpRequest } from '../core/http.ts';
import { callUnderFaults } from './faulty-call.ts';
import { asText } from './json.ts';
import type { Fields } from './json.ts';
import { ACCESS_TOKEN_LIFE_MS } from './oauth-state.ts';
import type { OAuthRefusal, OAuthResult } from './oauth-state.ts';
import type { ZaloWorld } from './world.ts';

const refusal = (code: number, name: string, description: string): OAuthRefusal => ({
  ok: false,
  code,
  name,
  description,
});

/** Success and failure both come with HTTP 200; `expires_in` is text. */
const toReply = (result: OAuthResult): HttpReply => ({
  status: 200,
  body: result.ok
    ? {
        access_token: result.pair.accessToken,
        refresh_token: result.pair.refreshToken,
        expires_in: String(ACCESS_TOKEN_LIFE_MS / 1_000),
      }
    : {
        error_name: result.name,
        error_reason: result.description,
        ref_doc: 'https://developers.zalo.me/docs/official-account',
        error_description: result.description,
        error: result.code,
      },
});

/** The token endpoint reads forms only; any other body has no fields for it. */
function formFields(request: HttpRequest): Fields {
  const type = request.headers['content-type'] ?? '';
  const body = type.startsWith('application/x-www-form-urlencoded') ? parseBody(request) : undefined;
  return body?.kind === 'parsed' ? body.fields : {};
}

function exchange(world: ZaloWorld, request: HttpRequest, fields: Fields): OAuthResult {
  const { settings, oauth } = world;
  const nowMs = world.core.clock.nowMs();
  if (fields['app_id'] !== settings.appId) return refusal(-14002, 'Invalid app id', 'The app id is invalid.');
  if (request.headers['secret_key'] !== settings.appSecret) {
    return refusal(-14004, 'Invalid secret key', 'The secret key is invalid.');
  }
  switch (fields['grant_type']) {
    case 'authorization_code':
      return oauth.exchangeCode(asText(fields['code']) ?? '', asText(fields['code_verifier']), nowMs);
    case 'refresh_token':
      return oauth.refresh(asText(fields['refresh_token']) ?? '', nowMs);
    default:
      return refusal(-118, 'Invalid grant', 'The grant type is invalid.');
  }
}

/** `POST /v4/oa/access_token`; in the journal and in faults it is `oauth/refresh` or `oauth/code`. */
export const accessTokenRoute =
  (world: ZaloWorld): HttpHandler =>
  async (request) => {
    const fields = formFields(request);
    const method = fields['grant_type'] === 'refresh_token' ? 'oauth/refresh' : 'oauth/code';
    return callUnderFaults(world.core, method, undefined, {
      process: () => {
        const result = exchange(world, request, fields);
        return { reply: toReply(result), ok: result.ok, errorCode: result.ok ? undefined : result.code };
      },
      rateLimited: () => toReply(refusal(-32, 'Too many requests', 'The request limit was reached.')),
    });
  };

/** `GET /v4/oa/permission`: the admin agrees at once, and the browser goes back to the callback with a code. */
export const permissionRoute =
  (world: ZaloWorld): HttpHandler =>
  ({ query }) => {
    const { settings } = world;
    if (query.get('app_id') !== settings.appId) {
      return toReply(refusal(-14002, 'Invalid app id', 'The app id is invalid.'));
    }
    const callback = query.get('redirect_uri');
    const isSaved = settings.redirectUri === undefined || callback === settings.redirectUri;
    if (callback === null || !URL.canParse(callback) || !isSaved) {
      return toReply(refusal(-14003, 'Invalid redirect uri', 'The redirect uri is not the saved callback.'));
    }
    const challenge = query.get('code_challenge') ?? undefined;
    const target = new URL(callback);
    target.searchParams.set('code', world.oauth.issueCode(world.core.clock.nowMs(), challenge));
    target.searchParams.set('oa_id', settings.oaId);
    const state = query.get('state');
    if (state !== null) target.searchParams.set('state', state);
    return { status: 302, headers: { location: target.href }, body: '' };
  };
