import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Changes, WaitTimeout } from '#dev/sandbox/core/changes.ts';
import { MovableClock } from '#dev/sandbox/core/clock.ts';
import { FaultScript } from '#dev/sandbox/core/faults.ts';
import { Journal } from '#dev/sandbox/core/journal.ts';
import { SlidingWindow } from '#dev/sandbox/core/sliding-window.ts';

describe('the movable clock', () => {
  it('runs with real time from where it was put', () => {
    const clock = new MovableClock();
    const at = Date.parse('2027-02-06T00:00:00Z');
    clock.setMs(at);
    expect(clock.nowMs() - at).toBeGreaterThanOrEqual(0);
    expect(clock.nowMs() - at).toBeLessThan(1_000);
    expect(Math.abs(clock.offsetMs() - (at - Date.now()))).toBeLessThan(1_000);
  });

  it('stands still when frozen, moves when told, and runs on from there', () => {
    const clock = new MovableClock();
    clock.freeze();
    clock.setMs(1_000_000);
    clock.advanceMs(500);
    expect(clock.nowMs()).toBe(1_000_500);
    clock.unfreeze();
    expect(clock.nowMs()).toBeGreaterThanOrEqual(1_000_500);
    expect(clock.nowMs()).toBeLessThan(1_001_500);
  });

  it('tells listeners of jumps until they leave', () => {
    const clock = new MovableClock();
    let jumps = 0;
    const leave = clock.onMove(() => {
      jumps += 1;
    });
    clock.advanceMs(1);
    leave();
    clock.advanceMs(1);
    expect(jumps).toBe(1);
  });
});

describe('the sliding window', () => {
  it('never lets more than the limit into any window, and admits exactly when it said', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), steps, (limit, gapsMs) => {
        const window = new SlidingWindow(limit, 1_000);
        const taken: number[] = [];
        let nowMs = 0;
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          const look = window.take(nowMs);
          if (look.ok) taken.push(nowMs);
          else {
            expect(look.retryAfterMs).toBeGreaterThan(0);
            expect(window.peek(nowMs + look.retryAfterMs - 1).ok).toBe(false);
            nowMs += look.retryAfterMs;
            expect(window.take(nowMs).ok).toBe(true);
            taken.push(nowMs);
          }
        }
        for (const at of taken) {
          expect(taken.filter((other) => other > at - 1_000 && other <= at).length).toBeLessThanOrEqual(
            limit,
          );
        }
      }),
    );
  });

  it('does not count what it refused', () => {
    const window = new SlidingWindow(1, 100);
    expect(window.take(0).ok).toBe(true);
    expect(window.take(50)).toEqual({ ok: false, retryAfterMs: 50 });
    expect(window.remaining(99)).toBe(0);
    expect(window.remaining(100)).toBe(1);
    expect(window.take(100).ok).toBe(true);
  });
});

describe('the fault script', () => {
  const drop = { kind: 'drop' } as const;

  it('strikes only what matches, as often as told, after as many as told', () => {
    const script = new FaultScript();
    script.add({ platform: 'telegram', method: 'sendMessage', chatId: -5, skip: 1, times: 2, action: drop });
    expect(script.next('zalo', 'sendMessage', '-5')).toBeUndefined();
    expect(script.next('telegram', 'sendPhoto', '-5')).toBeUndefined();
    expect(script.next('telegram', 'sendMessage', '7')).toBeUndefined();
    const struck = [1, 2, 3, 4].map(() => script.next('telegram', 'SendMessage', '-5')?.action.kind);
    expect(struck).toEqual([undefined, 'drop', 'drop', undefined]);
    expect(script.list()).toEqual([]);
  });

  it('gives the first that was added first, and forgets what was removed', () => {
    const script = new FaultScript();
    const first = script.add({ action: drop });
    script.add({ action: { kind: 'cut-before' } });
    expect(script.remove(first)).toBe(true);
    expect(script.remove(first)).toBe(false);
    expect(script.next('zalo', 'x', undefined)?.action.kind).toBe('cut-before');
  });
});

describe('the journal', () => {
  const call = { platform: 'telegram', kind: 'call', method: 'sendMessage', ok: true } as const;

  it('numbers entries and finds them by what they hold', () => {
    const journal = new Journal(new MovableClock());
    journal.record(call);
    journal.record({ ...call, ok: false, chatId: '7' });
    expect(journal.entries().map(({ seq }) => seq)).toEqual([1, 2]);
    expect(journal.entries({ chatId: '7' })).toHaveLength(1);
    expect(journal.count((entry) => entry.ok)).toBe(1);
  });

  it('wakes who waits, counting what was there and what was cleared meanwhile', async () => {
    const journal = new Journal(new MovableClock());
    journal.record(call);
    const waiting = journal.waitFor({ kind: 'call' }, { count: 3 });
    journal.record(call);
    journal.clear();
    journal.record({ ...call, kind: 'ack' });
    journal.record(call);
    expect((await waiting).map(({ seq }) => seq)).toEqual([1, 2, 4]);
  });
});

describe('waiting for a change', () => {
  it('ends with an error that says what did not come', async () => {
    const waiting = new Changes().waitFor(() => undefined, { timeoutMs: 5, what: 'The answer' });
    await expect(waiting).rejects.toThrow(WaitTimeout);
    await expect(waiting).rejects.toThrow('The answer did not come in 5 ms');
  });
});
