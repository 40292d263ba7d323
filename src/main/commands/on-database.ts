import type { Wake } from '#src/app/ports/services.ts';
import type { Config } from '#src/config/config.ts';
import { buildCore, type Core } from '../core.ts';
import { type CommandAnswer, failed } from './output.ts';

/** Nothing is woken from here: the worker's own timers find what a command wrote. */
const NO_WAKE: Wake = {
  lane: () => Promise.resolve(),
  inbox: () => Promise.resolve(),
  effects: () => Promise.resolve(),
};

/**
 * Runs a command on the database and nothing else: Telegram, Zalo and Redis may be out of reach. The log is silent, since
 * standard output is for the answer. What the operator can mend is an answer; a bug throws.
 */
export async function onDatabase(
  config: Config,
  run: (core: Core) => Promise<CommandAnswer>,
): Promise<CommandAnswer> {
  try {
    const core = await buildCore(
      { ...config, telegram: null, zalo: null, logLevel: 'silent' },
      { wake: NO_WAKE },
    );
    try {
      return await run(core);
    } finally {
      await core.close();
    }
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    return failed(trouble.reason, trouble.problem, [`-> ${trouble.hint}`]);
  }
}

export interface Trouble {
  readonly reason: 'database' | 'data-key' | 'no-plan';
  readonly problem: string;
  /** What to do about it. */
  readonly hint: string;
}

const AUTHENTICATION_FAILED = 18;
/** How `currentPlan` begins. */
const NO_PLAN = 'no plan is imported';

/**
 * What an error says about the surroundings; null for a bug. A driver's own words are not repeated: they can hold the
 * address, and with it a password.
 */
export function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof Error)) return null;
  const { name } = error;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (name === 'SealingError') {
    const problem = 'what is stored cannot be read: DATA_KEY is another one than when it was stored';
    return { reason: 'data-key', problem, hint: 'put the DATA_KEY back with which this database was filled' };
  }
  if (code === AUTHENTICATION_FAILED) {
    const problem = 'the database refuses the user or the password';
    return {
      reason: 'database',
      problem,
      hint: 'they stand in MONGODB_URI: mongodb://user:password@host/name',
    };
  }
  // Of the names' service only the code tells it from a bug of ours.
  if (/^Mongo/u.test(name) || (error.message.startsWith('query') && typeof code === 'string')) {
    const problem = 'the database does not answer';
    return { reason: 'database', problem, hint: 'is MongoDB running, and is MONGODB_URI right?' };
  }
  if (!error.message.startsWith(NO_PLAN)) return null;
  return { reason: 'no-plan', problem: NO_PLAN, hint: 'npm run loa -- plan import plans/<ward>-<year>.yaml' };
}
