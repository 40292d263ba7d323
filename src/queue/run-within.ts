/** How long a job that was told to stop may take to do so. */
const GRACE_MS = 2_000;

class JobTimeout extends Error {
  override readonly name = 'JobTimeout';
}

/**
 * Runs `work` with a signal that aborts after `timeoutMs` or when `stop` does. Work that goes on regardless is given up
 * after a short grace, so that one hung call never blocks a queue; what it still does later must be harmless.
 * Rejects with JobTimeout when the time was over.
 */
export async function runWithin<T>(
  timeoutMs: number,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  graceMs = GRACE_MS,
): Promise<T> {
  const limit = new AbortController();
  const soft = setTimeout(() => limit.abort(new JobTimeout('time is over')), timeoutMs);
  let hard: NodeJS.Timeout | undefined;
  const gaveUp = new Promise<never>((_, reject) => {
    hard = setTimeout(() => reject(new JobTimeout('did not stop')), timeoutMs + graceMs);
  });
  try {
    const result = await Promise.race([work(AbortSignal.any([stop, limit.signal])), gaveUp]);
    if (limit.signal.aborted) throw new JobTimeout('time is over');
    return result;
  } finally {
    clearTimeout(soft);
    clearTimeout(hard);
  }
}
