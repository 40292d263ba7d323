import { DEFAULT_LIMITS } from '#src/queue/budget/limits.ts';
import type { Rules } from './platform.ts';

const PER_SECOND = 10_000;

/** So wide that the machine is the limit; the budget stays in the path, with every chat's own limit. */
export const FAST_LIMITS = {
  telegram: { ...DEFAULT_LIMITS.telegram, bot: { calls: PER_SECOND, perMs: 1_000, guardMs: 0 } },
};

export const FAST_RULES = { perBot: { limit: PER_SECOND, windowMs: 1_000 } } satisfies Partial<Rules>;
