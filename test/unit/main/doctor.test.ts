import { describe, expect, it } from 'vitest';
import { shippedDecisions } from '#src/calendar/build-calendar.ts';
import { calendarFinding } from '#src/main/commands/doctor/data.ts';
import { redisTrouble } from '#src/main/commands/doctor/redis.ts';
import { within } from '#src/main/commands/doctor/finding.ts';

describe('the doctor', () => {
  it.each([
    ['maxmemory-policy is allkeys-lru: it must be noeviction, else jobs vanish', /noeviction$/u],
    ['Redis 6.2.0 is too old: 7 or newer is needed', /7 or newer/u],
    ['WRONGPASS invalid username-password pair or user is disabled.', /REDIS_URL/u],
    ['connect ECONNREFUSED geheim@10.0.0.1', /REDIS_URL right/u],
  ])('has a hint for a Redis of which is said "%s"', (message, hint) => {
    const finding = redisTrouble(new Error(message));

    expect(finding.state).toBe('failed');
    expect(finding.hint).toMatch(hint);
    expect(JSON.stringify(finding)).not.toContain('geheim');
  });

  it('warns of days off that are missing for next year, and fails when they are for this one', () => {
    const lastKnown = Math.max(
      ...shippedDecisions.years.filter((one) => one.official).map((one) => one.year),
    );
    const stateIn = (year: number): string => calendarFinding(Date.parse(`${String(year)}-06-01`)).state;

    expect([stateIn(lastKnown - 1), stateIn(lastKnown), stateIn(lastKnown + 1)]).toEqual([
      'ok',
      'warning',
      'failed',
    ]);
  });

  it('blames what is thrown on the part that was looked at', async () => {
    const look = (): Promise<never> => Promise.reject(new Error('NOAUTH'));
    expect(await within('redis', look, redisTrouble)).toMatchObject([{ part: 'redis', state: 'failed' }]);
  });
});
