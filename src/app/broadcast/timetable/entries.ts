import { DAY_MS, localDateOf } from '#src/domain/calendar/local-time.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import { type BroadcastRun, RUN_STATES } from '#src/domain/run.ts';
import { occurrenceAt, occurrenceId, type Series, type SeriesPost } from '#src/domain/series.ts';
import type { BroadcastPorts } from '../ports.ts';

const RUNS = 1_000;
const SERIES = 200;

/** One going-out: a run, or what a series will make a run of. The id is the run's in both cases. */
export type Entry =
  | { readonly kind: 'run'; readonly id: string; readonly atMs: number; readonly run: BroadcastRun }
  | {
      readonly kind: 'planned';
      readonly id: string;
      readonly atMs: number;
      /** The moment that the rule names, and which of them it is. */
      readonly ruleMs: number;
      readonly index: number;
      readonly series: Series;
      readonly post: SeriesPost;
    };

export function titleOf(entry: Entry): string {
  return entry.kind === 'run' ? entry.run.title : entry.post.title;
}

/** What goes out, went out or waits for an approval in the span, the earliest first; what was called off is left out. */
export async function entriesBetween(
  ports: Pick<BroadcastPorts, 'runs' | 'series' | 'recurrence'>,
  fromMs: number,
  toMs: number,
): Promise<readonly Entry[]> {
  const runs = await ports.runs.between(RUN_STATES, fromMs, toMs, RUNS);
  const known = new Set(runs.map(({ id }) => id));
  const shown = runs
    .filter(({ state }) => state !== 'cancelled' && state !== 'draft' && state !== 'returned')
    .map((run): Entry => ({ kind: 'run', id: run.id, atMs: run.sendAtMs, run }));
  const planned: Entry[] = [];
  for (const state of ['active', 'submitted'] as const)
    for (const series of await ports.series.inState(state, SERIES))
      for (const entry of plannedOf(ports, series, toMs))
        if (entry.atMs >= fromMs && entry.atMs < toMs && !known.has(entry.id)) planned.push(entry);
  return [...shown, ...planned].toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
}

/** The entry of this id, also one that was skipped; null where there is none. */
export async function findEntry(
  ports: Pick<BroadcastPorts, 'runs' | 'series' | 'recurrence'>,
  id: string,
): Promise<Entry | null> {
  const run = await ports.runs.get(id);
  if (run) return { kind: 'run', id, atMs: run.sendAtMs, run };
  const { seriesId, date } = occurrenceOf(id);
  const series = date === null ? null : await ports.series.get(seriesId);
  if (!series || date === null) return null;
  const untilMs = Date.parse(date) + 2 * DAY_MS;
  const others = series.exceptions.filter((one) => one.date !== date || one.kind === 'move');
  const asRuled = { ...series, exceptions: others };
  return plannedOf(ports, asRuled, untilMs).find((entry) => entry.id === id) ?? null;
}

/** The series and the day of its rule that the id of an occurrence is made of. */
export function occurrenceOf(id: string): { readonly seriesId: string; readonly date: LocalDate | null } {
  const found = /^(?<seriesId>.+)\.(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/u.exec(id)?.groups;
  if (!found) return { seriesId: id, date: null };
  const { seriesId = id, year = '', month = '', day = '' } = found;
  return { seriesId, date: `${year}-${month}-${day}` };
}

/** How far a rule is looked ahead of the span: what was moved may come from later days. */
const MOVED_FROM_MS = 100 * DAY_MS;

function plannedOf(
  ports: Pick<BroadcastPorts, 'recurrence'>,
  series: Series,
  toMs: number,
): readonly Extract<Entry, { kind: 'planned' }>[] {
  const moments = ports.recurrence.between(series.rule, 0, toMs + MOVED_FROM_MS);
  return moments.flatMap((ruleMs, index) => {
    const atMs = occurrenceAt(series, ruleMs);
    const post = series.posts[index % series.posts.length];
    if (atMs === null || !post) return [];
    return [{ kind: 'planned', id: occurrenceId(series, ruleMs), atMs, ruleMs, index, series, post }];
  });
}

/** The exceptions of a series with another one for this day. */
export function withException(series: Series, exception: Series['exceptions'][number]): Series['exceptions'] {
  return [...series.exceptions.filter(({ date }) => date !== exception.date), exception];
}

export const dayOfEntry = (entry: Entry): LocalDate => localDateOf(entry.atMs);
