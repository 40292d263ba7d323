import { createHmac } from 'node:crypto';

import { realNowMs } from '../core/clock.ts';
import { parseBody } from '../core/http.ts';
import type { HttpHandler, HttpReply, HttpRequest } from '../core/http.ts';
import type { UploadedFile } from '../core/multipart.ts';
import { invalidField, refuse, toEnvelope } from './errors.ts';
import type { ZaloRefusal, ZaloResult } from './errors.ts';
import { callUnderFaults } from './faulty-call.ts';
import { asFields, parseFields } from './json.ts';
import type { Fields } from './json.ts';
import type { ZaloWorld } from './world.ts';

/** One call of the OpenAPI that passed the gate. */
export interface ApiCall {
  /** The JSON body, or the JSON in the query's `data`, or the plain query. */
  readonly fields: Fields;
  readonly files: ReadonlyMap<string, UploadedFile>;
  /** On the sandbox's clock. */
  readonly nowMs: number;
}

/** What a route did. */
export interface ApiOutcome {
  readonly result: ZaloResult<unknown>;
  readonly messageId?: string | undefined;
  readonly text?: string | undefined;
}

export type ApiRoute = (world: ZaloWorld, call: ApiCall) => ApiOutcome;

interface ReadRequest {
  readonly fields: Fields;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

function readRequest(request: HttpRequest): ReadRequest | undefined {
  if (request.method === 'GET') {
    const fields = request.query.has('data')
      ? parseFields(request.query.get('data'))
      : Object.fromEntries(request.query);
    return fields === undefined ? undefined : { fields, files: new Map() };
  }
  const body = parseBody(request);
  return body.kind === 'parsed' ? body : undefined;
}

function chatIdOf(fields: Fields | undefined): string | undefined {
  const recipient = asFields(fields?.['recipient']);
  const candidates = [
    recipient?.['user_id'],
    recipient?.['group_id'],
    fields?.['group_id'],
    fields?.['user_id'],
  ];
  return candidates.find((id) => typeof id === 'string');
}

const headerOf = (request: HttpRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** The bare `access_token` header, and `appsecret_proof` if it was sent. A Bearer header is not looked at. */
function checkCaller(world: ZaloWorld, request: HttpRequest, nowMs: number): ZaloRefusal | undefined {
  const token = headerOf(request, 'access_token');
  const access = world.oauth.checkAccess(token, nowMs);
  if (!access.ok) return access;
  const proof = headerOf(request, 'appsecret_proof');
  if (proof === undefined) return undefined;
  const right = createHmac('sha256', world.settings.appSecret)
    .update(token ?? '')
    .digest('hex');
  return proof === right ? undefined : refuse(-242);
}

function pass(
  world: ZaloWorld,
  request: HttpRequest,
  read: ReadRequest | undefined,
  route: ApiRoute,
): ApiOutcome {
  const nowMs = world.core.clock.nowMs();
  const stranger = checkCaller(world, request, nowMs);
  if (stranger !== undefined) return { result: stranger };
  if (!world.rate.take(realNowMs()).ok) return { result: refuse(-32) };
  if (world.outage !== undefined) return { result: world.outage };
  if (read === undefined) return { result: invalidField('body') };
  return route(world, { ...read, nowMs });
}

/** Always HTTP 200, with the rate headers. */
const toReply = (world: ZaloWorld, result: ZaloResult<unknown>): HttpReply => ({
  status: 200,
  headers: {
    'X-RateLimit-Limit': String(world.settings.ratePerMinute),
    'X-RateLimit-Remain': String(world.rate.remaining(realNowMs())),
  },
  body: toEnvelope(result),
});

/**
 * Wraps a route: faults first, then token, rate, the state of the OA, the body; everything is journaled.
 * @param method the name in the journal and in fault scripts, e.g. `message/cs`
 */
export const gated =
  (world: ZaloWorld, method: string, route: ApiRoute): HttpHandler =>
  async (request) => {
    const read = readRequest(request);
    return callUnderFaults(world.core, method, chatIdOf(read?.fields), {
      process: () => {
        const { result, messageId, text } = pass(world, request, read, route);
        const errorCode = result.ok ? undefined : result.error;
        return { reply: toReply(world, result), ok: result.ok, errorCode, messageId, text };
      },
      rateLimited: () => toReply(world, refuse(-32)),
    });
  };
