/** One measured number: `npm run bench -- --json FILE` writes a list of these. */
export interface Figure {
  readonly part: PartName;
  readonly subject: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
}

export const PART_NAMES = ['limit', 'cut', 'throughput', 'memory', 'reply', 'duties', 'cases'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** A number under which a person expects a unit. */
export interface Measured {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
}

export const OURS = 'loa-phuong';

export function figures(part: PartName, subject: string, measured: readonly Measured[]): readonly Figure[] {
  return measured.map((one) => ({ part, subject, ...one, value: rounded(one.value) }));
}

/** What so large a share of the values lies below; infinite where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity;
}

/** Three places after the point are more than a shared machine can tell apart. */
function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

/** One table: a line a figure, a column a subject. */
export function tableOf(all: readonly Figure[]): string {
  const subjects = [...new Set(all.map((one) => one.subject))];
  const lines = new Map<string, Map<string, string>>();
  for (const { part, subject, figure, value, unit } of all) {
    const key = `${part}  ${figure}${unit === '' ? '' : ` (${unit})`}`;
    const cells = lines.get(key) ?? new Map<string, string>();
    lines.set(key, cells.set(subject, String(value)));
  }
  const rows = [
    ['', ...subjects],
    ...[...lines].map(([key, cells]) => [key, ...subjects.map((subject) => cells.get(subject) ?? '')]),
  ];
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
