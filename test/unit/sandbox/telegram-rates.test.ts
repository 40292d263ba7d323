import { describe, expect, it } from 'vitest';
import { Admission, defaultRules } from '#dev/sandbox/telegram/rules.ts';

const group = { id: -100, type: 'supergroup' };
const person = (id: number) => ({ id, type: 'private' });

/** An admission by the default rules on a clock that the test moves. */
const start = (rules = defaultRules) => {
  const at = { ms: 1_000_000 };
  return { at, admission: new Admission(rules, () => at.ms) };
};

describe("Telegram's rates", () => {
  it('let 30 calls into any second, wherever it begins', () => {
    const { at, admission } = start();
    for (let id = 1; id <= 30; id += 1) {
      at.ms += 10;
      expect(admission.admit(person(id))).toBeUndefined();
    }
    expect(admission.admit(person(31))?.parameters).toEqual({ retry_after: 1 });
    at.ms += 709;
    expect(admission.admit(person(31))?.error_code).toBe(429);
    at.ms += 1;
    expect(admission.admit(person(31))).toBeUndefined();
    expect(admission.admit(person(32))?.error_code).toBe(429);
  });

  it('let a burst of three into one chat, then one a second on the average', () => {
    const { at, admission } = start();
    for (let sent = 0; sent < 3; sent += 1) expect(admission.admit(person(1))).toBeUndefined();
    expect(admission.admit(person(1))?.description).toBe('Too Many Requests: retry after 3');
    expect(admission.admit(person(2))).toBeUndefined();
    at.ms += 3_000;
    expect(admission.admit(person(1))).toBeUndefined();
  });

  it('let 20 calls a minute into one group, and no such bound into a private chat', () => {
    const { at, admission } = start({ ...defaultRules, perChat: false });
    for (let sent = 0; sent < 20; sent += 1) expect(admission.admit(group)).toBeUndefined();
    at.ms += 30_000;
    expect(admission.admit(group)?.parameters).toEqual({ retry_after: 30 });
    for (let sent = 0; sent < 21; sent += 1) expect(admission.admit(person(1))).toBeUndefined();
  });

  it('do not charge one window for what another refused', () => {
    const { at, admission } = start();
    for (let sent = 0; sent < 3; sent += 1) admission.admit(person(1));
    for (let refused = 0; refused < 40; refused += 1)
      expect(admission.admit(person(1))?.error_code).toBe(429);
    for (let id = 2; id <= 28; id += 1) expect(admission.admit(person(id))).toBeUndefined();
    expect(at.ms).toBe(1_000_000);
  });

  it('can be switched off, each by itself', () => {
    const { admission } = start({ ...defaultRules, perBot: false, perChat: false, perGroup: false });
    for (let sent = 0; sent < 100; sent += 1) expect(admission.admit(group)).toBeUndefined();
  });
});
