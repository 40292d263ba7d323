/** Thrown when what a test waited for did not happen in time. */
export class WaitTimeout extends Error {
  override readonly name = 'WaitTimeout';
}

export interface WaitOptions {
  /** Real milliseconds until `WaitTimeout`; 5,000 unless told. */
  readonly timeoutMs?: number | undefined;
  /** Said in the error. */
  readonly what?: string | undefined;
}

/** A signal that state has changed: those who wait look again then, and never poll. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Resolves with the first value of `look` that is not undefined; looks now and after each change. */
  async waitFor<T>(look: () => T | undefined, options: WaitOptions = {}): Promise<T> {
    const already = look();
    if (already !== undefined) return already;
    const timeoutMs = options.timeoutMs ?? 5_000;
    return new Promise<T>((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        settle();
      };
      const listener = (): void => {
        try {
          const value = look();
          if (value !== undefined) finish(() => resolve(value));
        } catch (error) {
          finish(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const timer = setTimeout(
        () =>
          finish(() =>
            reject(new WaitTimeout(`${options.what ?? 'The change'} did not come in ${timeoutMs} ms`)),
          ),
        timeoutMs,
      );
      this.#listeners.add(listener);
    });
  }
}
