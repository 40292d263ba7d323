/** What one step of the check came to. */
export type StepResult =
  | { readonly kind: 'passed'; readonly summary: string }
  | { readonly kind: 'failed'; readonly lines: readonly string[] };

export interface Step {
  readonly name: string;
  readonly run: () => Promise<StepResult>;
}

export function passed(summary: string): StepResult {
  return { kind: 'passed', summary };
}

export function failed(lines: readonly string[]): StepResult {
  return { kind: 'failed', lines };
}

/** Failed where there is a problem, passed where there is none. */
export function resultOf(problems: readonly string[], summary: string): StepResult {
  return problems.length > 0 ? failed(problems) : passed(summary);
}

/**
 * Runs every step, also after a failure, and prints one line a step when it ends, with its time in seconds; the reasons of a
 * failure stand below its line. Steps begin in order, `atOnce` of them beside each other. A step that throws has failed.
 * Answers whether all passed.
 */
export async function runSteps(
  steps: readonly Step[],
  print: (line: string) => void,
  { atOnce = 1, nowMs = () => performance.now() }: { atOnce?: number; nowMs?: () => number } = {},
): Promise<boolean> {
  const waiting = [...steps];
  const failures: string[] = [];
  const runWaiting = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const startedMs = nowMs();
      const result = await settle(step);
      const seconds = ((nowMs() - startedMs) / 1_000).toFixed(1).padStart(5);
      if (result.kind === 'passed') {
        print(`ok    ${seconds} s  ${step.name}: ${result.summary}`);
      } else {
        failures.push(step.name);
        print(`FAIL  ${seconds} s  ${step.name}`);
        for (const line of result.lines) print(`        ${line}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runWaiting));
  const total = String(steps.length);
  print(
    failures.length === 0
      ? `all ${total} steps passed`
      : `${String(failures.length)} of ${total} steps failed: ${failures.join(', ')}`,
  );
  return failures.length === 0 && steps.length > 0;
}

async function settle(step: Step): Promise<StepResult> {
  try {
    return await step.run();
  } catch (error) {
    return failed([error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  }
}
