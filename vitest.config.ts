import { defineConfig } from 'vitest/config';

const SERVICES = 'test/support/services-setup.ts';

/** Two files at a time, or five where they mostly wait: a chat takes one message a second. */
const WAITING_WORKERS = 5;

/**
 * Each worker has a Redis database of its own, each file a database, and whoever ends or flushes services starts some of its
 * own. The browser is alone.
 */
const suite = (
  name: string,
  options: {
    services?: boolean;
    browser?: boolean;
    isAlone?: boolean;
    /** The files of a worker share what they import, which is most of the start of a file; no module may keep state. */
    sharesModules?: boolean;
    workers?: number;
    timeoutMs?: number;
  } = {},
) => ({
  test: {
    name,
    setupFiles: ['test/support/fuzz-seed.ts'],
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: options.timeoutMs ?? 5_000,
    hookTimeout: options.timeoutMs ?? 10_000,
    ...(options.services
      ? {
          globalSetup: [SERVICES, ...(options.browser ? ['test/support/chromium-setup.ts'] : [])],
        }
      : {}),
    ...(options.isAlone ? { fileParallelism: false } : { maxWorkers: options.workers ?? 2 }),
    // Those with another number of workers come after the others.
    sequence: { groupOrder: options.workers ?? 0 },
    ...(options.sharesModules ? { isolate: false } : {}),
  },
});

export default defineConfig({
  test: {
    projects: [
      suite('unit', { sharesModules: true }),
      suite('golden', { sharesModules: true }),
      suite('architecture', { timeoutMs: 60_000 }),
      suite('contract', { services: true, timeoutMs: 30_000 }),
      suite('integration', { services: true, timeoutMs: 60_000 }),
      suite('e2e', { services: true, sharesModules: true, workers: WAITING_WORKERS, timeoutMs: 120_000 }),
      suite('browser', { services: true, browser: true, isAlone: true, timeoutMs: 60_000 }),
      suite('chaos', { services: true, sharesModules: true, workers: WAITING_WORKERS, timeoutMs: 240_000 }),
    ],
  },
});
