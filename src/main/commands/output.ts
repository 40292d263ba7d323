/** What a command answers: data for `--json`, lines for people, and whether it went well. */
export interface CommandAnswer {
  readonly ok: boolean;
  readonly json: unknown;
  readonly lines: readonly string[];
}

/** Prints the answer and sets the exit code: 0 when it went well, 1 when not. */
export function print(answer: CommandAnswer, asJson: boolean): void {
  const text = asJson ? JSON.stringify(answer.json, null, 2) : answer.lines.join('\n');
  (answer.ok ? process.stdout : asJson ? process.stdout : process.stderr).write(`${text}\n`);
  process.exitCode = answer.ok ? 0 : 1;
}

const WARD_OFFSET_MS = 7 * 3_600_000;

/** An instant as ISO 8601 at the ward's +07:00. */
export function isoAtWard(atMs: number): string {
  return new Date(atMs + WARD_OFFSET_MS).toISOString().replace('Z', '+07:00');
}
