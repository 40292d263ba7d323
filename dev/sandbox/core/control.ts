import { z } from 'zod';
import { WaitTimeout } from './changes.ts';
import { type HttpReply, type HttpRequest, parseBody, type Router } from './http.ts';

/** One thing the control API can do: takes JSON, gives JSON. */
export type Act = (body: unknown) => unknown;

/** An act whose input has this shape. */
export const act =
  <T>(shape: z.ZodType<T>, run: (input: T) => unknown): Act =>
  (body) =>
    run(shape.parse(body));

/** Bytes are said by their number, and nothing at all as null. */
const toJson = (result: unknown): string =>
  JSON.stringify(result ?? null, (_key, value: unknown) => {
    const isBuffer =
      typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
    return isBuffer && 'data' in value && Array.isArray(value.data) ? `${value.data.length} bytes` : value;
  });

const refuse = (status: number, error: string): HttpReply => ({ status, body: { error } });

const inputOf = (request: HttpRequest): unknown => {
  const body = parseBody(request);
  return { ...Object.fromEntries(request.query), ...(body.kind === 'parsed' ? body.fields : {}) };
};

const answer = async (run: Act, request: HttpRequest): Promise<HttpReply> => {
  try {
    const result = await run(inputOf(request));
    return { status: 200, headers: { 'content-type': 'application/json' }, body: toJson(result) };
  } catch (error) {
    if (error instanceof z.ZodError) return refuse(400, z.prettifyError(error));
    if (error instanceof WaitTimeout) return refuse(408, error.message);
    return refuse(400, error instanceof Error ? error.message : String(error));
  }
};

/** Puts acts on the router, each as `<prefix>/<name>`; GET works where the input fits into a query. */
export const registerActs = (router: Router, prefix: string, acts: Readonly<Record<string, Act>>): void => {
  for (const [name, run] of Object.entries(acts)) {
    router.add('*', `${prefix}/${name}`, (request) => answer(run, request));
  }
};
