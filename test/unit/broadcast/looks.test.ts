import { describe, expect, it } from 'vitest';
import { afterAsking, afterCount, FIRST_LOOK } from '#src/domain/broadcast/looks.ts';
import type { RunCounts } from '#src/domain/run.ts';

const counts = (pending: number, sent: number): RunCounts => ({
  ...{ pending, sending: 0, sent, unknown: 0, gone: 0, rejected: 0, cancelled: 0 },
  ...{ relayed: 0, readAloud: 0, toRead: 0, handedOver: 0 },
});
const NOW_MS = 1_000_000;

describe('a run under way', () => {
  it('is counted the more seldom the longer that takes, and soon again while nothing is through', () => {
    expect(afterCount(counts(10, 4), 4, 2_000, NOW_MS).countAtMs - NOW_MS).toBe(2_000);
    expect(afterCount(counts(96_000, 4_000), 400, 140_000, NOW_MS).countAtMs - NOW_MS).toBe(200_000);
    expect(afterCount(counts(100_000, 0), 400, 1_000, NOW_MS).countAtMs - NOW_MS).toBe(30_000);
  });

  it('is asked for its end half way to it, and the more often the nearer it comes', () => {
    let looks = afterCount(counts(96_000, 4_000), 400, 140_000, NOW_MS);
    expect(looks.endsAtMs - NOW_MS).toBe(3_360_000);
    const asked: number[] = [];
    for (let nowMs = NOW_MS; nowMs <= looks.endsAtMs + 400_000; nowMs += 5_000) {
      if (nowMs < looks.askAtMs) continue;
      asked.push(Math.round((nowMs - NOW_MS) / 1_000));
      looks = afterAsking(looks, nowMs - NOW_MS + 140_000, nowMs);
    }
    expect(asked.slice(0, 5)).toEqual([1680, 2520, 2940, 3150, 3255]);
    expect(asked.filter((second) => second > 3_360).length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThan(20);
  });

  it('is asked at once where nothing is known of it', () => {
    expect(FIRST_LOOK.askAtMs).toBe(0);
    expect(afterCount(counts(5, 0), 400, 1_000, NOW_MS).askAtMs).toBe(NOW_MS);
    expect(afterAsking(afterCount(counts(5, 0), 400, 1_000, NOW_MS), 60_000, NOW_MS).askAtMs - NOW_MS).toBe(
      3_000,
    );
  });
});
