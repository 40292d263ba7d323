/**
 * Collects what comes in while a round trip is under way and sends it all in the next one: with one caller it costs
 * nothing, with sixty-four it makes one write of sixty-four. No timer. A failed flush rejects every item in it.
 */
export function coalesce<T, R>(
  flush: (items: readonly T[]) => Promise<(item: T) => R>,
): (item: T) => Promise<R> {
  interface Waiting {
    readonly item: T;
    readonly resolve: (result: R) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const resultOf = await flush(batch.map((entry) => entry.item));
        for (const entry of batch) entry.resolve(resultOf(entry.item));
      } catch (error) {
        for (const entry of batch) entry.reject(error);
      }
    }
    running = false;
  }

  return (item) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void drain();
    });
}
