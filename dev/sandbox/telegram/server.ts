import { applyFault, type HttpReply, type HttpRequest, parseBody, type Router } from '../core/http.ts';
import { chatMethods } from './methods-chat.ts';
import { editMethods } from './methods-edit.ts';
import { sendMethods } from './methods-send.ts';
import { Params } from './params.ts';
import {
  type ApiResult,
  badRequest,
  type Failure,
  notFound,
  tooManyRequests,
  unauthorized,
} from './results.ts';
import type { BotState, Method } from './state.ts';

/** By lower-case name: the platform does not mind the case of a method. */
const methods: ReadonlyMap<string, { readonly name: string; readonly run: Method }> = new Map(
  Object.entries({ ...chatMethods, ...sendMethods, ...editMethods }).map(([name, run]) => [
    name.toLowerCase(),
    { name, run },
  ]),
);

const reply = (result: ApiResult): HttpReply => ({
  status: result.ok ? 200 : result.error_code,
  body: result,
});

interface Named {
  readonly message_id?: number;
  readonly text?: string;
  readonly caption?: string;
}

const namedOf = (result: unknown): readonly Named[] => {
  const all: readonly unknown[] = Array.isArray(result) ? result : [result];
  return all.filter((each): each is Named => typeof each === 'object' && each !== null);
};

/** One call in the journal: one entry, an album with the ids of its messages between commas. */
const recordCall = (
  state: BotState,
  method: string,
  params: Params,
  result: ApiResult,
  fault?: string,
): void => {
  const named = result.ok ? namedOf(result.result) : [];
  const ids = named.flatMap(({ message_id }) => (message_id === undefined ? [] : [message_id]));
  state.core.journal.record({
    platform: 'telegram',
    kind: 'call',
    method,
    chatId: params.text('chat_id'),
    messageId: ids.length > 0 ? ids.join(',') : params.text('message_id'),
    ok: result.ok,
    errorCode: result.ok ? undefined : result.error_code,
    fault,
    text: named[0]?.text ?? named[0]?.caption ?? params.text('text') ?? params.text('caption'),
  });
};

const unprocessed = (status: number, description: string): Failure => ({
  ok: false,
  error_code: status,
  description,
});

/** Runs one method; also what a webhook's answer asks for. */
export const runMethod = async (
  state: BotState,
  name: string,
  params: Params,
  gone: AbortSignal,
): Promise<ApiResult> => methods.get(name.toLowerCase())?.run(state, params, gone) ?? notFound;

const halfWay = async ({ rules }: BotState): Promise<void> => {
  if (rules.roundTripMs > 0) await new Promise((resolve) => setTimeout(resolve, rules.roundTripMs / 2));
};

const handleCall = async (state: BotState, request: HttpRequest): Promise<HttpReply> => {
  await halfWay(state);
  const answer = await carryOut(state, request);
  await halfWay(state);
  return answer;
};

const carryOut = async (state: BotState, request: HttpRequest): Promise<HttpReply> => {
  const name = request.params['method'] ?? '';
  const method = methods.get(name.toLowerCase())?.name ?? name;
  const body = parseBody(request);
  const fields = body.kind === 'parsed' ? body.fields : {};
  const params = new Params(
    { ...Object.fromEntries(request.query), ...fields },
    body.kind === 'parsed' ? body.files : new Map(),
  );
  const fault = state.core.faults.next('telegram', method, params.text('chat_id'));
  const struck = fault?.action.kind;
  const seen = { processed: false };
  const answer = await applyFault(fault, {
    process: async () => {
      seen.processed = true;
      const result =
        body.kind === 'parsed'
          ? await runMethod(state, method, params, request.gone)
          : badRequest('object expected as request body');
      // A poll that went as it should is no event: what it confirmed is in the journal as acknowledgements.
      if (method !== 'getUpdates' || !result.ok || fault !== undefined) {
        recordCall(state, method, params, result, struck);
      }
      return reply(result);
    },
    rateLimited: (retryAfterS) => reply(tooManyRequests(retryAfterS)),
  });
  if (!seen.processed)
    recordCall(state, method, params, unprocessed(answer.transport ? 0 : answer.status, ''), struck);
  return answer;
};

const handleDownload = (state: BotState, request: HttpRequest): Promise<HttpReply> => {
  const path = request.params['path'] ?? '';
  const fault = state.core.faults.next('telegram', 'file', undefined);
  return applyFault(fault, {
    process: () => {
      const data = state.files.download(path);
      if (data === undefined) return reply(notFound);
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: data };
    },
    rateLimited: (retryAfterS) => reply(tooManyRequests(retryAfterS)),
  });
};

/** Puts `/bot<token>/<method>` and `/file/bot<token>/<path>` on the router. */
export const registerTelegram = (router: Router, token: string, state: BotState): void => {
  const guarded =
    (handle: (state: BotState, request: HttpRequest) => Promise<HttpReply>) =>
    (request: HttpRequest): Promise<HttpReply> =>
      request.params['token'] === token ? handle(state, request) : Promise.resolve(reply(unauthorized));
  router.add('*', /^\/bot(?<token>[^/]+)\/(?<method>[^/]+)$/, guarded(handleCall));
  router.add('*', /^\/file\/bot(?<token>[^/]+)\/(?<path>.+)$/, guarded(handleDownload));
};
