import { defineConfig } from 'vitest/config';

const SERVICES = 'test/support/services-setup.ts';

/**
 * Two files at a time: each worker has a Redis database of its own, each file a database, and whoever ends or flushes services
 * starts some of its own. The browser is alone.
 */
const suite = (
  name: string,
  options: { services?: boolean; browser?: boolean; isAlone?: boolean; timeoutMs?: number } = {},
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
    ...(options.isAlone ? { fileParallelism: false } : { maxWorkers: 2 }),
  },
});

export default defineConfig({
  test: {
    projects: [
      suite('unit'),
      suite('golden'),
      suite('architecture', { timeoutMs: 60_000 }),
      suite('contract', { services: true, timeoutMs: 30_000 }),
      suite('integration', { services: true, timeoutMs: 60_000 }),
      suite('e2e', { services: true, timeoutMs: 120_000 }),
      suite('browser', { services: true, browser: true, isAlone: true, timeoutMs: 60_000 }),
      suite('chaos', { services: true, timeoutMs: 240_000 }),
    ],
  },
});
