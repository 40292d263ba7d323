import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOutage } from '#dev/soak/outage-scenario.ts';
import { type OwnServices, startOwnServices } from '#dev/world/own-services.ts';

let services: OwnServices;
beforeAll(async () => {
  services = await startOwnServices();
});
afterAll(() => services.close());

const outage = { outageMs: 6_000, people: 6, retryScale: 0.02, putBackEveryMs: 3_000 };

describe('people who write on both platforms', () => {
  it('while the database is away are not told that anything was taken, and are answered once when it is back', async () => {
    const figures = await runOutage({ ...outage, services, part: 'database' });
    expect(figures).toMatchObject({ acknowledgedMeanwhile: 0, unanswered: [], answeredTwice: [] });
  });

  it('while Redis is away are heard all the same, and answered once when it is back', async () => {
    const figures = await runOutage({ ...outage, services, part: 'redis' });
    expect(figures).toMatchObject({ unanswered: [], answeredTwice: [] });
    expect(figures.acknowledgedMeanwhile).toBeGreaterThan(0);
  });
});
