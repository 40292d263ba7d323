import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isRecipe, RECIPES } from './debian-recipes.ts';
import { onPath } from './processes.ts';

/**
 * Builds a Debian root file system: `build-debian-root.ts <recipe> <root> <log file>`, run by debian-root.ts under its
 * lock.
 * The root gets its name only when it is complete.
 */

const [name = '', root = '', logFile = ''] = process.argv.slice(2);
if (!isRecipe(name)) throw new Error(`no recipe ${name}`);
const recipe = RECIPES[name];
const part = `${root}.part`;
const noninteractive = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };

function step(what: string, command: readonly string[]): void {
  console.log(`${what} …`);
  const [program = '', ...args] = command;
  const output = openSync(logFile, 'a');
  const done = spawnSync(program, args, { stdio: ['ignore', output, output], env: noninteractive });
  closeSync(output);
  if (done.status === 0) return;
  appendFileSync(logFile, `\nfailed: ${what}\n`);
  rmSync(part, { recursive: true, force: true });
  process.exit(1);
}

const write = (path: string, text: string, mode = 0o644): void =>
  writeFileSync(join(part, path), text, { mode });

function configure(): void {
  write(
    'etc/apt/apt.conf.d/90loa-phuong',
    'Acquire::Check-Valid-Until "false";\nAPT::Install-Recommends "false";\n',
  );
  write('usr/sbin/policy-rc.d', '#!/bin/sh\nexit 101\n', 0o755); // no server starts at its installation
  mkdirSync(join(part, 'etc/postgresql-common'), { recursive: true });
  write('etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n');
  for (const folder of recipe.folders) mkdirSync(join(part, folder), { recursive: true });
}

function main(): void {
  if (existsSync(root)) return; // the process before us in the lock has built it
  const startedAtMs = performance.now();
  writeFileSync(logFile, '');
  rmSync(part, { recursive: true, force: true });
  if (onPath('debootstrap') === undefined) {
    step('apt-get update', ['apt-get', 'update']);
    const install = ['apt-get', '-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends'];
    step('installing debootstrap', [...install, 'debootstrap']);
  }
  const script = '/usr/share/debootstrap/scripts/sid';
  console.log(`preparing ${recipe.what} from Debian's packages, once for this machine, in about a minute`);
  step('debootstrap', ['debootstrap', '--variant=minbase', recipe.suite, part, '', script]);
  configure();
  const inside = ['unshare', '--mount', '--pid', '--fork', `--root=${part}`, '--mount-proc'];
  step('reading the package lists', [...inside, 'apt-get', 'update']);
  step(`installing ${recipe.what}`, [...inside, 'apt-get', 'install', '-y', ...recipe.packages]);
  step('removing the downloads', [...inside, 'apt-get', 'clean']);
  for (const proof of recipe.proofs) step(`trying ${proof[0] ?? ''}`, ['chroot', part, ...proof]);
  renameSync(part, root);
  console.log(`${recipe.what}: ready after ${Math.round((performance.now() - startedAtMs) / 1000)} s`);
}

main();
