import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { debianRoot } from './debian-root.ts';
import { onPath } from './processes.ts';
import { ServicesUnavailable } from './unavailable.ts';

/** How a browser is started: the program, and what its environment holds besides. */
export interface Chromium {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

const NAMES = ['chromium', 'chromium-headless-shell', 'chromium-browser', 'google-chrome'];

/**
 * The first that is there: CHROMIUM_PATH, one on the PATH, Debian's package in a root of its own, which is prepared when
 * missing. Throws ServicesUnavailable with one sentence when this machine cannot have any.
 */
export async function chromium(log: (line: string) => void): Promise<Chromium> {
  const told = process.env['CHROMIUM_PATH'];
  if (told !== undefined && told !== '') {
    if (existsSync(told)) return { program: told, environment: {} };
    throw new ServicesUnavailable(`CHROMIUM_PATH names ${told}, which is not there.`);
  }
  for (const name of NAMES) {
    const program = onPath(name);
    if (program !== undefined) return { program, environment: {} };
  }
  const root = await debianRoot('chromium', log);
  return { program: join(import.meta.dirname, 'chromium.sh'), environment: { CHROMIUM_ROOT: root } };
}
