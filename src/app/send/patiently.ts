import type { SendPorts } from './ports.ts';
import { sleepFor } from './slots.ts';

/** Shorter than the time after which a row `sending` counts as stuck, as others would then call it unknown. */
const PATIENCE_MS = 45_000;
const PAUSE_MS = 500;

/**
 * Writes down what came of a call even if the database is away just then: thrown away, a known outcome would be `unknown`
 * for ever and the chat would stand still until that is noticed. For idempotent writes. Throws the last failure when
 * patience is over.
 */
export async function patiently<T>(
  ports: Pick<SendPorts, 'realNowMs' | 'sleep'>,
  write: () => Promise<T>,
): Promise<T> {
  const untilMs = ports.realNowMs() + PATIENCE_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (ports.realNowMs() + PAUSE_MS > untilMs) throw error;
      await (ports.sleep ?? sleepFor)(PAUSE_MS, new AbortController().signal);
    }
  }
}
