import { expect, it } from 'vitest';
import { LookAhead } from '#src/queue/budget/look-ahead.ts';

it('looks as far ahead as it may until it knows better, then as far as is needed and a little more', () => {
  const ahead = new LookAhead(40);
  expect(ahead.ms).toBe(40);
  for (let n = 0; n < 200; n += 1) ahead.learn(12);
  expect(ahead.ms).toBe(20);
  for (let n = 0; n < 200; n += 1) ahead.learn(1);
  expect(ahead.ms).toBe(15);
});

it('heeds one slow call at once and forgets it within seconds', () => {
  const ahead = new LookAhead(40);
  for (let n = 0; n < 200; n += 1) ahead.learn(4);
  ahead.learn(25);
  expect(ahead.ms).toBeCloseTo(36.25);
  for (let n = 0; n < 30; n += 1) ahead.learn(4);
  expect(ahead.ms).toBeLessThan(25);
  ahead.learn(1_000);
  expect(ahead.ms).toBe(40);
});
