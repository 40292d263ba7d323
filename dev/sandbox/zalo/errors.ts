/** The error codes of the OA OpenAPI that the sandbox answers with, and the messages the platform gives them. */
const ZALO_ERROR_MESSAGES = {
  [-32]: 'Your OA reached limit call api',
  [-100]: 'attachment_id was expired',
  [-200]: 'Send message failed',
  [-201]: 'parameter is invalid!',
  [-204]: 'Offical Account is disable',
  [-205]: 'Offical Account is not exist',
  [-209]: 'Not supported this api',
  [-210]: 'Parameter exceeds allowable limit',
  [-211]: 'Out of quota',
  [-212]: 'App has not registed this api',
  [-213]: 'User has not followed OA',
  [-216]: 'Access token is invalid',
  [-217]: 'User has blocked invitation from OA',
  [-218]: 'Out of quota receive',
  [-220]: 'access_token is expired or removed',
  [-221]: 'OA needs to be verified',
  [-223]: 'OA has not authorized this API',
  [-224]: 'OA needs to upgrade OA Tier Package',
  [-227]: 'User is banned or has been inactive for more than 45 days',
  [-230]: 'User has not interacted with the OA in the past 7 days',
  [-232]: 'User has not interacted with the OA, or the last interaction expired',
  [-233]: 'Message type is invalid or not supported',
  [-235]: 'API does not support this type of OA',
  [-237]: 'The group is disabled',
  [-242]: 'appsecret_proof is invalid',
  [-244]: 'User has restricted this message type from your OA',
  [-248]: 'Message violates platform standards',
  [-321]: 'ZCA is out of money',
  [-403]: 'OA is not in group',
} as const;

/** A refusal of the OpenAPI: always sent with HTTP 200, so that a client which looks only at the status is caught. */
export interface ZaloRefusal {
  readonly ok: false;
  readonly error: number;
  readonly message: string;
}

/** Either the value a step produced or the refusal the platform would give. */
export type ZaloResult<T> = { readonly ok: true; readonly value: T } | ZaloRefusal;

/** Wraps a value as a success. */
export const succeed = <T>(value: T): ZaloResult<T> => ({ ok: true, value });

/**
 * A refusal with one of the known codes.
 * @param message replaces the platform's usual words, e.g. to name the offending field
 */
export const refuse = (error: keyof typeof ZALO_ERROR_MESSAGES, message?: string): ZaloRefusal => ({
  ok: false,
  error,
  message: message ?? ZALO_ERROR_MESSAGES[error],
});

/** -201 in the platform's form: the field, then "is invalid!". */
export const invalidField = (field: string): ZaloRefusal => refuse(-201, `${field} is invalid!`);

/** The words for any code, also for one the table does not know (a fault script may inject every number). */
export const messageOfCode = (error: number): string => {
  const known: Readonly<Record<number, string>> = ZALO_ERROR_MESSAGES;
  return known[error] ?? 'Unknown error';
};

/** The JSON body of an answer of the OpenAPI. */
export interface ZaloEnvelope {
  readonly data?: unknown;
  readonly error: number;
  readonly message: string;
}

/** `{"data":…,"error":0,"message":"Success"}`, or `{"error":<code>,"message":…}` without data. */
export const toEnvelope = (result: ZaloResult<unknown>): ZaloEnvelope =>
  result.ok
    ? { data: result.value, error: 0, message: 'Success' }
    : { error: result.error, message: result.message };
