import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type {} from './chromium-setup.ts';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Window {
  readonly page: Page;
  /** What went wrong in the page so far: scripts that threw, answers that were not good. */
  readonly troubles: readonly string[];
  readonly close: () => Promise<void>;
}

/** A browser with a new, empty profile. */
export async function openWindow(size: { width: number; height: number }): Promise<Window> {
  const { program, environment } = inject('chromium');
  const profile = mkdtempSync(join(tmpdir(), 'loa-phuong-browser-'));
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: program,
    args: ARGUMENTS,
    env: { PATH: process.env['PATH'] ?? '', HOME: profile, ...environment },
    viewport: size,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('response', (response) => {
    if (!response.ok()) troubles.push(`${String(response.status())} ${response.url()}`);
  });
  return {
    page,
    troubles,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
