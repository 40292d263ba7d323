import { describe, expect, it } from 'vitest';
import { LateCalls } from '#src/queue/budget/late-calls.ts';

/** A line on which a call and its answer take 40 ms, with the clock of Redis 5 s behind ours. */
function line() {
  const clock = { us: 9_000_000 };
  const late = new LateCalls(() => clock.us);
  let slots = 0;
  const call = (
    options: { startsLateUs?: number; takesUs?: number; stalledUs?: number; stallsAtOnceUs?: number } = {},
  ): string => {
    const name = `slot ${String((slots += 1))}`;
    late.heardTime(clock.us - 5_000_000);
    const slot = { name, atUs: clock.us - 5_000_000, keys: ['log'] };
    clock.us += options.startsLateUs ?? 0;
    const answered = late.track(slot, 'text');
    const startedUs = clock.us;
    const { stallsAtOnceUs = 0 } = options;
    clock.us += stallsAtOnceUs;
    if (stallsAtOnceUs > 0) late.stalled(startedUs + 4_000, clock.us);
    clock.us += (options.takesUs ?? 40_000) - stallsAtOnceUs;
    if (options.stalledUs !== undefined) late.stalled(startedUs + options.stalledUs, clock.us);
    answered();
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

  it('does not take an answer for late that waited for a stalled process to read it', () => {
    const { late, call } = line();
    call({ takesUs: 63_000, stalledUs: 38_000 });
    expect(late.corrections()).toEqual([]);
  });

  it('takes a call for late upon which the process stalled: it may have left only afterwards', () => {
    const { late, call } = line();
    const name = call({ takesUs: 62_000, stallsAtOnceUs: 22_000 });
    expect(late.corrections()).toMatchObject([{ name, lateUs: 22_000 }]);
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
    const answered = late.track({ name: 'first', atUs: clock.us, keys: [] }, 'text');
    clock.us += 80_000;
    answered();
    expect(late.corrections()).toMatchObject([{ name: 'first', lateUs: 18_000 }]);
  });
});
