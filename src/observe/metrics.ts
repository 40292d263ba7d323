import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Platform } from '#src/domain/inbound.ts';
import type { Lane, SendOutcome } from '#src/domain/outbound.ts';

/** What is counted. Labels are closed lists, so that their number stays small. */
export interface Metrics {
  /** One call of a channel and how long it took. */
  sent(platform: Platform, lane: Lane, outcome: SendOutcome['kind'], tookMs: number): void;
  /** One update at the door: stored, met again, or of no use. */
  inboxRow(platform: Platform, result: 'new' | 'duplicate' | 'ignored'): void;
  /** One inbox row worked through. */
  handled(platform: Platform, result: 'done' | 'again' | 'poisoned', tookMs: number): void;
  /** The text of a scrape and its content type. */
  scrape(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** How long the event loop was held up at most since the last scrape, in ms. A stall makes sends look slow. */
  eventLoopLagMs(): number;
  /** Stops watching the event loop. */
  stop(): void;
}

const DURATION_BUCKETS_S = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const LAG_RESOLUTION_MS = 20;
const NS_PER_MS = 1e6;

/** A registry of its own for each call: nothing is shared between two apps in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const sends = new Counter({
    name: 'loa_sends_total',
    help: 'Calls of a channel by outcome',
    labelNames: ['platform', 'lane', 'outcome'],
    registers,
  });
  const sendTime = new Histogram({
    name: 'loa_send_seconds',
    help: 'Time of one call of a channel',
    labelNames: ['platform', 'lane'],
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const inbox = new Counter({
    name: 'loa_inbox_rows_total',
    help: 'Updates at the door',
    labelNames: ['platform', 'result'],
    registers,
  });
  const handled = new Counter({
    name: 'loa_handled_total',
    help: 'Inbox rows worked through',
    labelNames: ['platform', 'result'],
    registers,
  });
  const handleTime = new Histogram({
    name: 'loa_handle_seconds',
    help: 'Time of handling one inbox row',
    labelNames: ['platform'],
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  lag.enable();
  // The monitor counts its own interval in: what is longer is lag.
  const lagMs = (ns: number): number => Math.max(0, ns / NS_PER_MS - LAG_RESOLUTION_MS);
  const lagGauge = new Gauge({
    name: 'loa_event_loop_lag_seconds',
    help: 'Lag of the event loop since the last scrape',
    labelNames: ['quantile'],
    registers,
    collect() {
      this.set({ quantile: '0.99' }, lagMs(lag.percentile(99)) / 1_000);
      this.set({ quantile: '1' }, lagMs(lag.max) / 1_000);
    },
  });
  lagGauge.set({ quantile: '1' }, 0);

  return {
    sent(platform, lane, outcome, tookMs) {
      sends.inc({ platform, lane, outcome });
      sendTime.observe({ platform, lane }, tookMs / 1_000);
    },
    inboxRow: (platform, result) => inbox.inc({ platform, result }),
    handled(platform, result, tookMs) {
      handled.inc({ platform, result });
      handleTime.observe({ platform }, tookMs / 1_000);
    },
    async scrape() {
      const text = await registry.metrics();
      lag.reset();
      return { contentType: registry.contentType, text };
    },
    eventLoopLagMs: () => lagMs(lag.max),
    stop: () => lag.disable(),
  };
}
