import type { AnyJob } from '#src/queue/define-job.ts';

/** How often a bot under test looks by itself; as in production where nothing is told. */
export interface Pace {
  /** Every schedule, and the putting back after a flush. */
  readonly everyMs?: number;
}

/** Weeks of messages go out within minutes: beside what Zalo allows in one. */
export const ZALO_CALLS_A_MINUTE = 6_000;

/** The same jobs, each looked at as often as told. */
export function atPace(jobs: readonly AnyJob[], { everyMs }: Pace): readonly AnyJob[] {
  if (everyMs === undefined) return jobs;
  return jobs.map((job) => (job.schedule ? { ...job, schedule: { ...job.schedule, everyMs } } : job));
}
