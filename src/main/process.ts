import { configOrExit, type Config } from '#src/config/config.ts';
import { troubleOf } from './commands/on-database.ts';

/** Ends the process in order on SIGTERM or SIGINT; a second signal, or a closing that hangs, ends it at once. */
function closeOnSignals(close: () => Promise<void>, deadlineMs: number): void {
  let closing = false;
  const onSignal = (): void => {
    if (closing) process.exit(1);
    closing = true;
    setTimeout(() => process.exit(1), deadlineMs).unref();
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** Runs an entry point: configuration first, one readable line on standard error when the start fails. */
export async function runEntry(
  start: (config: Config) => Promise<() => Promise<void>>,
  deadlineMs: number,
): Promise<void> {
  const config = configOrExit();
  try {
    closeOnSignals(await start(config), deadlineMs);
  } catch (error) {
    process.stderr.write(`not started: ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

function reasonOf(error: unknown): string {
  const trouble = troubleOf(error);
  if (trouble) return `${trouble.problem}; ${trouble.hint}`;
  return error instanceof Error ? `${error.name} ${error.message}` : 'unknown error';
}
