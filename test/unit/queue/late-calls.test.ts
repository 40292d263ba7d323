import { describe, expect, it } from 'vitest';
import { LateCalls } from '#src/queue/budget/late-calls.ts';

/** A line on which a call and its answer take 40 ms, with the clock of Redis 5 s behind ours. */
function line() {
  const clock = { us: 9_000_000 };
  const late = new LateCalls(() => clock.us);
  let slots = 0;
  const call = ({ aheadUs = 0, startsLateUs = 0, takesUs = 40_000 } = {}): string => {
    const name = `slot ${String((slots += 1))}`;
    late.heardTime(clock.us - 5_000_000);
    const atUs = clock.us + aheadUs;
    const ended = late.track({ name, atUs: atUs - 5_000_000, keys: ['log'] }, 'text');
    const leftUs = atUs + startsLateUs;
    clock.us = leftUs + takesUs;
    ended(leftUs, clock.us);
    return name;
  };
  for (let n = 0; n < 200; n += 1) call();
  clock.us += 2_000_000;
  late.corrections();
  return { late, call, clock };
}

describe('late calls', () => {
  it('leaves alone what was on time', () => {
    const { late, call } = line();
    call();
    call({ takesUs: 41_500 });
    expect(late.corrections()).toEqual([]);
  });

  it('counts a slot from when its call really started', () => {
    const { late, call } = line();
    const name = call({ startsLateUs: 25_000 });
    expect(late.corrections()).toMatchObject([{ name, lateUs: 25_000, keys: ['log'] }]);
    expect(late.corrections()).toEqual([]);
  });

  it('takes a call for late whose answer was, and corrects at most a quarter of a second for it', () => {
    const { late, call } = line();
    call({ takesUs: 60_000 });
    call({ takesUs: 9_000_000 });
    expect(late.corrections().map((one) => one.lateUs)).toEqual([18_000, 250_000]);
  });

  it('counts a slot that lies ahead from when its call left', () => {
    const { late, call } = line();
    call({ aheadUs: 30_000 });
    expect(late.corrections()).toEqual([]);
    const name = call({ aheadUs: 30_000, startsLateUs: 4_000 });
    expect(late.corrections()).toMatchObject([{ name, lateUs: 4_000 }]);
  });

  it('knows at once that a call handed over late will leave late', () => {
    const { late, clock } = line();
    late.track({ name: 'handed over late', atUs: clock.us - 5_012_000, keys: [] }, 'text');
    expect(late.corrections()).toMatchObject([{ name: 'handed over late', lateUs: 12_000 }]);
  });

  it('learns nothing of how quick answers are from a call that failed, and listens to the first end only', () => {
    const { late, call, clock } = line();
    const ended = late.track({ name: 'cut', atUs: clock.us - 5_000_000, keys: [] }, 'text');
    ended(clock.us, null);
    ended(clock.us, clock.us + 1_000);
    call();
    expect(late.corrections()).toEqual([]);
  });

  it('learns afterwards that the first times of Redis were heard late', () => {
    const clock = { us: 9_000_000 };
    const late = new LateCalls(() => clock.us);
    late.heardTime(clock.us - 30_000);
    const slot = { name: 'first', atUs: clock.us - 30_000, keys: [] };
    late.track(slot, 'text');
    expect(late.corrections()).toEqual([]);
    late.heardTime(clock.us);
    expect(late.corrections()).toMatchObject([{ name: 'first', lateUs: 30_000 }]);
  });

  it('expects less than it has seen as long as that is little', () => {
    const clock = { us: 9_000_000 };
    const late = new LateCalls(() => clock.us);
    late.heardTime(clock.us);
    const ended = late.track({ name: 'first', atUs: clock.us, keys: [] }, 'text');
    clock.us += 80_000;
    ended(null, clock.us);
    expect(late.corrections()).toMatchObject([{ name: 'first', lateUs: 18_000 }]);
  });
});
