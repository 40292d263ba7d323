/** What each Debian root file system is made of. */
export interface DebianRecipe {
  /** The folder's name. Raise its number when the recipe changes: an older root is then not used any more. */
  readonly name: string;
  readonly suite: string;
  /** For the line that a person reads while it is made. */
  readonly what: string;
  readonly packages: readonly string[];
  /** Folders to mount things on. */
  readonly folders: readonly string[];
  /** Each command must end well, else the root is not complete. */
  readonly proofs: readonly (readonly string[])[];
  /** What a person can do where the root cannot be had. */
  readonly instead: string;
}

const services: DebianRecipe = {
  name: 'debian-forky-1',
  suite: 'forky',
  what: 'DocumentDB and Redis',
  packages: ['postgresql-18-documentdb', 'redis-server'],
  folders: ['srv/postgres', 'srv/redis'],
  proofs: [
    ['/usr/lib/postgresql/18/bin/postgres', '--version'],
    ['redis-server', '--version'],
  ],
  instead: 'set MONGODB_URI and REDIS_URL, or put mongod and redis-server on the PATH',
};

const chromium: DebianRecipe = {
  name: 'debian-chromium-1',
  suite: 'trixie',
  what: 'Chromium',
  packages: ['chromium-headless-shell', 'fonts-dejavu-core', 'fonts-noto-color-emoji'],
  folders: [],
  proofs: [['/usr/lib/chromium/chromium-headless-shell', '--version']],
  instead: 'put chromium on the PATH, or its path into CHROMIUM_PATH',
};

export const RECIPES = { services, chromium } as const;

export const isRecipe = (name: string): name is keyof typeof RECIPES => Object.hasOwn(RECIPES, name);
