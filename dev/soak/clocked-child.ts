import { jobs } from '#jobs/index.ts';
import { followSandboxClock } from '#dev/world/sandbox-clock.ts';
import { runEntry } from '#src/main/process.ts';
import { SHUTDOWN_MS } from '#src/main/runtime.ts';
import { serve } from '#src/main/serve.ts';
import { DEFAULT_LIMITS } from '#src/queue/budget/limits.ts';
import { atPace, type Pace, ZALO_CALLS_A_MINUTE } from './pace.ts';

/** The bot and worker of `src/main/main.ts` by the clock of the sandbox, which others move. */

const pace = JSON.parse(process.env['PACE'] ?? '{}') as Pace;
const clock = await followSandboxClock(process.env['TELEGRAM_API_ROOT'] ?? '');
const { zalo } = DEFAULT_LIMITS;
const options = {
  limits: { zalo: { ...zalo, bot: { ...zalo.bot, calls: ZALO_CALLS_A_MINUTE } } },
  clock,
  jobs: atPace(jobs, pace),
  ...(pace.everyMs === undefined ? {} : { putBackEveryMs: pace.everyMs }),
};
await runEntry((config) => serve(config, options), SHUTDOWN_MS);
