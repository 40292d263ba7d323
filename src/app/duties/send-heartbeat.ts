import type { App } from '../app.ts';
import { DUTY_TICK } from './audit-duties.ts';

/** Older than this the tick is not alive, and whoever watches from outside must hear nothing. */
const ALIVE_MS = 5 * 60_000;

/**
 * Tells the outside monitor that reminders are being looked for; stays silent when they are not, so that silence is the
 * alarm. A monitor out of reach is no trouble of ours: the next beat follows within a minute.
 */
export async function sendHeartbeat(
  ports: Pick<App, 'beats' | 'clock' | 'log'>,
  beat: (() => Promise<void>) | null,
): Promise<void> {
  if (!beat) return;
  const lastMs = await ports.beats.lastMs(DUTY_TICK);
  if (lastMs === null || ports.clock.nowMs() - lastMs > ALIVE_MS) return;
  try {
    await beat();
  } catch (error) {
    ports.log.warn({ why: error instanceof Error ? error.name : 'unknown' }, 'heartbeat not taken');
  }
}
