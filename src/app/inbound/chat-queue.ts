/**
 * One chat at a time, many chats at once. A chat that is asked for while it is being worked on is worked on once more
 * afterwards. Ours because it must merge requests by key, which queue libraries do not.
 */
export interface ChatQueue {
  push(key: string): void;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
}

export function createChatQueue(
  work: (key: string) => Promise<void>,
  onError: (key: string, error: unknown) => void,
  maxConcurrent: number,
): ChatQueue {
  const running = new Map<string, { again: boolean }>();
  const waiting = new Set<string>();
  let idleWaiters: (() => void)[] = [];

  const settle = (): void => {
    if (running.size > 0 || waiting.size > 0) return;
    for (const resolve of idleWaiters) resolve();
    idleWaiters = [];
  };

  const start = (key: string): void => {
    const state = { again: false };
    running.set(key, state);
    work(key)
      .catch((error: unknown) => onError(key, error))
      .finally(() => {
        running.delete(key);
        if (state.again) waiting.add(key);
        const [next] = waiting;
        if (next !== undefined) {
          waiting.delete(next);
          start(next);
        }
        settle();
      });
  };

  return {
    push(key) {
      const state = running.get(key);
      if (state) state.again = true;
      else if (running.size >= maxConcurrent) waiting.add(key);
      else start(key);
    },
    idle: () =>
      running.size === 0 && waiting.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            idleWaiters.push(resolve);
          }),
  };
}
