/** Milliseconds on one clock for every thread of this machine, that never jumps; from when does not matter. */
export const steadyMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const TIMER_MS = 1.5;

/** Timers are up to a millisecond late or early: the last bit is waited for turn by turn. */
export async function untilSteady(atMs: number): Promise<void> {
  for (let leftMs = atMs - steadyMs(); leftMs > 0; leftMs = atMs - steadyMs()) {
    const sleepMs = leftMs - TIMER_MS;
    await new Promise<void>((resolve) => {
      if (sleepMs > 0) setTimeout(resolve, sleepMs);
      else setImmediate(resolve);
    });
  }
}
