import { chownSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dyingWithParent } from './processes.ts';

/** Running a program of the Debian root with a data folder of the caller. */

export type InDebian = {
  readonly root: string;
  /** The account inside the root that the program runs as. */
  readonly user: 'postgres' | 'redis';
  /** The caller's folder; the program sees it as /srv/<user>. */
  readonly dataFolder: string;
  /** The signal that the program gets when this process dies. */
  readonly deathSignal: 'INT' | 'TERM';
};

// The mounts live in a namespace of this one process and vanish with it. Every program in the chain replaces the one
// before it, so that the child of node is the server itself and gets its signals.
const enter = 'mount --bind "$1" "$2" && mount -t tmpfs -o mode=1777 tmpfs "$3" && shift 3 && exec "$@"';

/** The command line that runs `command` inside the root. */
export function inDebian(where: InDebian, command: readonly string[]): readonly string[] {
  const { root, user, dataFolder, deathSignal } = where;
  const asUser = [
    'setpriv',
    `--reuid=${user}`,
    `--regid=${user}`,
    '--clear-groups',
    '--pdeathsig',
    deathSignal,
  ];
  return dyingWithParent('KILL', [
    ...['unshare', '--mount', 'sh', '-c', enter, 'sh'],
    ...[dataFolder, join(root, 'srv', user), join(root, 'dev/shm')],
    ...['chroot', root, ...asUser, ...command],
  ]);
}

/** Gives the data folder to the account that the server runs as. */
export function own(where: InDebian): void {
  const line = readFileSync(join(where.root, 'etc/passwd'), 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${where.user}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`no account ${where.user} in ${where.root}`);
  chownSync(where.dataFolder, Number(uid), Number(gid));
}
