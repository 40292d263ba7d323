import type { TextRef } from '../conversation/types.ts';
import type { Neighbourhood, Plan } from '../plan.ts';
import { type CoverageRow, standing, type TopicCoverage } from './coverage.ts';

type Render = (ref: TextRef) => string;

/** What arrived, and what people report; a head's or an operator's own copy is not among it. */
type Figures = Pick<CoverageRow, 'sent' | 'relayed' | 'readAloud' | 'said'>;

/** Neighbourhoods of which the same is to be said share a line. */
interface Said {
  readonly names: readonly string[];
  readonly words: string;
}

/**
 * What each neighbourhood that a run was meant for got, on which channel, in the order of the plan: numbers are messages, and
 * what people report of themselves is marked with "*".
 */
export function runCoverageWords(
  text: Render,
  meant: readonly Neighbourhood[],
  rows: readonly CoverageRow[],
): string {
  const stands = standing(
    meant.map(({ id }) => id),
    rows,
  );
  const lines = stands.map(({ neighbourhood, reached }, index): Said => {
    const names = [meant[index]?.name ?? neighbourhood];
    return reached === 'reached'
      ? { names, words: figures(text, rowsOf(rows, neighbourhood)) }
      : { names, words: text({ key: `coverage.khu.${reached}` }) };
  });
  const common = figures(text, rowsOf(rows, null));
  return [
    ...linesOf(text, together(lines), meant.length),
    ...(common === '' ? [] : [text({ key: 'coverage.khu.ward', params: { words: common } })]),
  ].join('\n');
}

/** What of each topic reached which neighbourhoods in a month, how often: numbers are runs. Topics that reached nobody are left out. */
export function monthCoverageWords(text: Render, plan: Plan, rows: readonly TopicCoverage[]): string {
  const asRows = rows.map((row) => ({ ...row, rendering: row.channel }));
  return plan.topics
    .map(({ id, title }) => {
      const own = asRows.filter((row) => row.topicId === id);
      const lines = plan.neighbourhoods
        .map(({ id: khu, name }): Said => ({ names: [name], words: figures(text, rowsOf(own, khu)) }))
        .filter(({ words }) => words !== '');
      const common = figures(text, rowsOf(own, null));
      const said = [
        ...linesOf(text, together(lines), plan.neighbourhoods.length),
        ...(common === '' ? [] : [text({ key: 'coverage.khu.ward', params: { words: common } })]),
      ];
      return said.length === 0
        ? ''
        : [text({ key: 'coverage.topic', params: { id, title } }), ...said].join('\n');
    })
    .filter(Boolean)
    .join('\n\n');
}

const rowsOf = <R extends { readonly neighbourhood: string | null }>(
  rows: readonly R[],
  neighbourhood: string | null,
): readonly R[] => rows.filter((row) => row.neighbourhood === neighbourhood);

/** "Telegram 2, tổ trưởng chuyển* 1"; empty where nothing reached anybody. */
function figures(text: Render, rows: readonly (Figures & { readonly rendering: string })[]): string {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.rendering, (counts.get(row.rendering) ?? 0) + reachedBy(row));
  return [...counts]
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map(([channel, count]) => text({ key: `coverage.channel.${channel}`, params: { count } }))
    .join(', ');
}

const ORDER: readonly string[] = ['telegram', 'zalo', 'relay', 'loudspeaker', 'meeting'];

function reachedBy({
  rendering,
  sent,
  relayed,
  readAloud,
  said,
}: Figures & { readonly rendering: string }): number {
  return rendering === 'telegram' || rendering === 'zalo' ? sent : relayed + readAloud + said;
}

function together(lines: readonly Said[]): readonly Said[] {
  const found = new Map<string, readonly string[]>();
  for (const { names, words } of lines) found.set(words, [...(found.get(words) ?? []), ...names]);
  return [...found].map(([words, names]) => ({ words, names }));
}

function linesOf(text: Render, said: readonly Said[], total: number): readonly string[] {
  return said.map(({ names, words }) =>
    text({
      key: 'coverage.khu.line',
      params: {
        names:
          names.length === total && total > 1
            ? text({ key: 'coverage.khu.all', params: { total } })
            : names.join(', '),
        words,
      },
    }),
  );
}
