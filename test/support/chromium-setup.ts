import type { TestProject } from 'vitest/node';
import { type Chromium, chromium } from '#dev/services/chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    chromium: Chromium;
  }
}

/** Finds the browser, or prepares it the first time, before any test runs. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', await chromium((line) => console.error(line)));
}
