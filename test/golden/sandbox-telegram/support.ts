import sharp from 'sharp';
import { afterEach, beforeEach } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '#dev/sandbox/index.ts';
import type { Client, Refusal } from './clients.ts';

/** A sandbox of its own for each test. */
export const useSandbox = (options: SandboxOptions = {}): (() => Sandbox) => {
  let sandbox: Sandbox | undefined;
  beforeEach(async () => {
    sandbox = await startSandbox(options);
  });
  afterEach(async () => {
    await sandbox?.stop();
    sandbox = undefined;
  });
  return () => {
    if (sandbox === undefined) throw new Error('No test is running');
    return sandbox;
  };
};

/** The refusal that a call met. @throws when it was not refused. */
export const refusalOf = async (client: Client, call: Promise<unknown>): Promise<Refusal> => {
  try {
    await call;
  } catch (error) {
    return client.refusal(error);
  }
  throw new Error('The call was not refused');
};

export const png = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
