const TIMEOUT_MS = 10_000;

/**
 * Asks the address of a monitor that raises the alarm when nobody asks any more. Rejects when it is out of reach, or
 * refuses; the address can hold a secret, so no error names it.
 */
export function createHeartbeat(url: string): () => Promise<void> {
  return async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the monitor answers ${response.status}`);
  };
}
