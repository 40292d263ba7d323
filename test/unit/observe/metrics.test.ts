import { describe, expect, it } from 'vitest';
import { createMetrics } from '#src/observe/metrics.ts';

describe('metrics', () => {
  it('count sends by platform, lane and outcome, and rows by result', async () => {
    const metrics = createMetrics();
    metrics.sent('telegram', 'broadcast', 'sent', 40);
    metrics.sent('telegram', 'broadcast', 'sent', 60);
    metrics.sent('zalo', 'reply', 'unknown', 30_000);
    metrics.inboxRow('zalo', 'duplicate');
    metrics.handled('telegram', 'done', 5);
    const { text, contentType } = await metrics.scrape();
    metrics.stop();
    expect(contentType).toContain('text/plain');
    expect(text).toContain('loa_sends_total{platform="telegram",lane="broadcast",outcome="sent"} 2');
    expect(text).toContain('loa_sends_total{platform="zalo",lane="reply",outcome="unknown"} 1');
    expect(text).toContain('loa_inbox_rows_total{platform="zalo",result="duplicate"} 1');
    expect(text).toContain('loa_handled_total{platform="telegram",result="done"} 1');
    expect(text).toMatch(/loa_event_loop_lag_seconds\{quantile="0.99"\} [\d.e-]+/);
  });

  it('show a held-up event loop', async () => {
    const metrics = createMetrics();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const untilMs = performance.now() + 120;
    while (performance.now() < untilMs);
    await expect.poll(() => metrics.eventLoopLagMs()).toBeGreaterThan(50);
    metrics.stop();
  });

  it('share nothing between two registries', async () => {
    const [a, b] = [createMetrics(), createMetrics()];
    a.sent('telegram', 'reply', 'sent', 1);
    expect((await b.scrape()).text).not.toContain('loa_sends_total{');
    a.stop();
    b.stop();
  });
});
