import type { TestProject } from 'vitest/node';
import { startServices } from '#dev/services/index.ts';
import type { Services } from '#dev/services/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string;
    redisUrl: string;
  }
}

/** The one pair of services of this vitest run, and how many projects use it. */
type Shared = { services: Promise<Services>; users: number };

const key = Symbol.for('loa-phuong.test-services');
// vitest loads this file anew for every project that lists it; only globalThis is common to them.
const common = globalThis as { [key]?: Shared | undefined };

/**
 * Starts database and Redis once a run and tells the tests where they are. vitest calls it in its main process, as the
 * services need: they die with the thread that started them, which a test worker does too early.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (common[key] ??= {
    services: startServices({ log: (line) => console.error(line) }),
    users: 0,
  });
  shared.users += 1;
  const services = await shared.services;
  project.provide('mongodbUri', services.mongodbUri);
  project.provide('redisUrl', services.redisUrl);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    common[key] = undefined;
    await services.stop();
  };
}
