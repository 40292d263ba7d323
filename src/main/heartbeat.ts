import { request } from 'undici';

const TIMEOUT_MS = 10_000;
const FIRST_REFUSAL = 400;

/**
 * Asks the address of a monitor that raises the alarm when nobody asks any more. Rejects when it is out of reach, or
 * refuses; the address can hold a secret, so no error names it.
 */
export function createHeartbeat(url: string): () => Promise<void> {
  return async () => {
    const { statusCode, body } = await request(url, {
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    await body.dump();
    if (statusCode >= FIRST_REFUSAL) throw new Error(`the monitor answers ${statusCode}`);
  };
}
