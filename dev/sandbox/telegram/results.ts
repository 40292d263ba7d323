/** The Bot API's refusal, as it goes over the wire. */
export interface Failure {
  readonly ok: false;
  readonly error_code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

/** What a check gives: a value to go on with, or the refusal to answer with. */
export type Checked<T> = { readonly ok: true; readonly value: T } | Failure;

export type ApiResult = { readonly ok: true; readonly result: unknown } | Failure;

export const value = <T>(given: T): Checked<T> => ({ ok: true, value: given });

export const done = (result: unknown): ApiResult => ({ ok: true, result });

export const badRequest = (detail: string): Failure => ({
  ok: false,
  error_code: 400,
  description: `Bad Request: ${detail}`,
});

export const forbidden = (detail: string): Failure => ({
  ok: false,
  error_code: 403,
  description: `Forbidden: ${detail}`,
});

export const conflict = (detail: string): Failure => ({
  ok: false,
  error_code: 409,
  description: `Conflict: ${detail}`,
});

export const unauthorized: Failure = { ok: false, error_code: 401, description: 'Unauthorized' };

export const notFound: Failure = { ok: false, error_code: 404, description: 'Not Found' };

/** `retryAfterS` in whole seconds, as the platform tells it. */
export const tooManyRequests = (retryAfterS: number): Failure => ({
  ok: false,
  error_code: 429,
  description: `Too Many Requests: retry after ${retryAfterS}`,
  parameters: { retry_after: retryAfterS },
});

export const migrated = (newChatId: number): Failure => ({
  ...badRequest('group chat was upgraded to a supergroup chat'),
  parameters: { migrate_to_chat_id: newChatId },
});
