import { coverageByTopic, type TopicCoverage } from '#src/domain/broadcast/coverage.ts';
import type { LocalDate, Plan } from '#src/domain/plan.ts';
import type { App } from '../app.ts';

export interface MonthCoverage {
  readonly runs: number;
  readonly rows: readonly TopicCoverage[];
  /** Topics of the plan of which nothing reached anybody. */
  readonly unreached: readonly string[];
}

/** Which topics reached whom in a month of the ward, and how often. `month`: `2024-03`. */
export async function monthCoverage(
  { runs, deliveries }: Pick<App, 'runs' | 'deliveries'>,
  plan: Plan,
  month: string,
): Promise<MonthCoverage> {
  const started = await runs.startedIn(`${month}-01`, lastDayOf(month));
  const topics = new Map(started.map((run) => [run.id, run.topicId]));
  const covered = await deliveries.coverage([...topics.keys()]);
  const rows = coverageByTopic(covered, (runId) => topics.get(runId) ?? '');
  const reached = new Set(rows.filter(reachesSomebody).map((row) => row.topicId));
  return {
    runs: started.length,
    rows,
    unreached: plan.topics.map((topic) => topic.id).filter((id) => !reached.has(id)),
  };
}

/** What lies with a head or an operator has reached nobody before they say so. */
function reachesSomebody({ channel, sent, relayed, readAloud, said }: TopicCoverage): boolean {
  const direct = channel === 'telegram' || channel === 'zalo' ? sent : 0;
  return direct + relayed + readAloud + said > 0;
}

function lastDayOf(month: string): LocalDate {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate())}`;
}
