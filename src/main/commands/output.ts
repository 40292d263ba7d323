/**
 * What a command answers. `json` is what `--json` prints; its shape is part of the command's docstring and stays as it
 * is. Every answer that did not go well is an object with `ok: false`.
 */
export interface CommandAnswer {
  readonly ok: boolean;
  readonly json: unknown;
  readonly lines: readonly string[];
  /** The lines are what was asked for also when `ok` is false: a report of what is not well. */
  readonly isReport?: true;
  /** The command has written all of it itself, as it came. */
  readonly isSaid?: true;
}

/**
 * Prints the answer and sets the exit code: 0 when it went well, 1 when not. Standard output holds the answer and
 * nothing else; for people, what went wrong goes to standard error, for programs it is an answer too.
 */
export function print(answer: CommandAnswer, asJson: boolean): void {
  process.exitCode = answer.ok ? 0 : 1;
  if (answer.isSaid) return;
  const text = asJson ? JSON.stringify(answer.json, null, 2) : answer.lines.join('\n');
  const stream = answer.ok || asJson || answer.isReport ? process.stdout : process.stderr;
  if (text !== '') stream.write(`${text}\n`);
}

/** `{ok: false, reason, problem}`: `reason` is a stable code, `problem` the sentence that people get. */
export function failed(reason: string, problem: string, more: readonly string[] = []): CommandAnswer {
  return { ok: false, json: { ok: false, reason, problem }, lines: [problem, ...more] };
}

/** One thing that is wrong in a file; `column` as the file itself names it. */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly field: string;
  readonly message: string;
}

/** `{ok: false, reason: 'file', problems: [{file, line, field, message}]}`; for people one line a problem. */
export function badFile(problems: readonly FileProblem[]): CommandAnswer {
  const lines = problems.map(
    ({ file, line, field, message }) => `${file}:${String(line)} ${field}: ${message}`,
  );
  const count = problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
  return {
    ok: false,
    json: { ok: false, reason: 'file', problems },
    lines: [...lines, `${count}; nothing was written`],
  };
}

const widthOf = (cell: string): number => Array.from(cell.normalize('NFC')).length;

/** Columns of equal width, two spaces apart; cells that are all numbers stand at the right. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => widthOf(row[at] ?? ''))),
  );
  return rows.map((row) =>
    widths
      .map((width, at) => {
        const cell = row[at] ?? '';
        const gap = ' '.repeat(width - widthOf(cell));
        return /^\d+$/u.test(cell) ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
}
