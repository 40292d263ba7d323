/** What came of the rows of one run in one form and neighbourhood. */
export interface CoverageRow {
  readonly runId: string;
  /** `telegram`, `zalo`, `relay`, `loudspeaker`, `meeting`. */
  readonly rendering: string;
  /** Null: destinations of the whole ward. */
  readonly neighbourhood: string | null;
  readonly rows: number;
  readonly sent: number;
  /** Self-reported by the people behind the rows, and counted apart from `sent`. */
  readonly relayed: number;
  readonly readAloud: number;
  readonly said: number;
}

/** How a neighbourhood stands in one run. `asked`: it went to a head or an operator who has not reported yet. */
export type Reached = 'reached' | 'asked' | 'missing';

/**
 * How each neighbourhood stands, in the order of the plan. A head's own copy reaches nobody: only what a group got, or what
 * people report to have passed on, read aloud or said, counts. What belongs to the whole ward is no neighbourhood's.
 */
export function standing(
  neighbourhoods: readonly string[],
  rows: readonly CoverageRow[],
): readonly { readonly neighbourhood: string; readonly reached: Reached }[] {
  return neighbourhoods.map((neighbourhood) => {
    const own = rows.filter((row) => row.neighbourhood === neighbourhood);
    return { neighbourhood, reached: own.some(reaches) ? 'reached' : own.some(waits) ? 'asked' : 'missing' };
  });
}

const byPeople = (row: CoverageRow): boolean => row.rendering !== 'telegram' && row.rendering !== 'zalo';

const reaches = (row: CoverageRow): boolean =>
  byPeople(row) ? row.relayed + row.readAloud + row.said > 0 : row.sent > 0;

const waits = (row: CoverageRow): boolean => byPeople(row) && row.sent > 0;

/** How often a topic reached a neighbourhood on one channel in a month, in runs; what people report apart. */
export interface TopicCoverage {
  readonly topicId: string;
  readonly neighbourhood: string | null;
  readonly channel: string;
  /** Runs of which at least one message arrived. */
  readonly sent: number;
  readonly relayed: number;
  readonly readAloud: number;
  readonly said: number;
}

/** The rows of a month's runs, by topic, neighbourhood and channel, sorted. `topicOf`: the topic of a run. */
export function coverageByTopic(
  rows: readonly CoverageRow[],
  topicOf: (runId: string) => string,
): readonly TopicCoverage[] {
  const found = new Map<string, TopicCoverage>();
  const once = (count: number): number => (count > 0 ? 1 : 0);
  for (const row of rows) {
    const { neighbourhood, rendering: channel } = row;
    const topicId = topicOf(row.runId);
    const key = JSON.stringify([topicId, neighbourhood ?? '', channel]);
    const before = found.get(key);
    found.set(key, {
      ...{ topicId, neighbourhood, channel },
      sent: (before?.sent ?? 0) + once(row.sent),
      relayed: (before?.relayed ?? 0) + once(row.relayed),
      readAloud: (before?.readAloud ?? 0) + once(row.readAloud),
      said: (before?.said ?? 0) + once(row.said),
    });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, coverage]) => coverage);
}
