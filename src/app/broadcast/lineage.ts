import type { BroadcastRun } from '#src/domain/run.ts';
import type { BroadcastPorts } from './ports.ts';

/** Corrections of corrections are rare; a longer chain is a bug. */
const MAX_LINKS = 50;

/**
 * The run that a correction goes back to, and every correction of it so far, oldest first, without `correction` itself.
 * Empty when the run it names does not exist.
 */
export async function lineageOf(
  ports: Pick<BroadcastPorts, 'runs'>,
  correction: BroadcastRun,
): Promise<readonly BroadcastRun[]> {
  const root = await rootOf(ports, correction);
  const line: BroadcastRun[] = [];
  let next = root;
  while (next && next.id !== correction.id) {
    if (line.length >= MAX_LINKS) throw new Error(`run ${next.id} has an endless line of corrections`);
    line.push(next);
    next = next.correctedBy === null ? null : await ports.runs.get(next.correctedBy);
  }
  return line;
}

/** The post that a correction, or a correction of one, is of; a run that corrects nothing is its own. */
export async function rootOf(
  ports: Pick<BroadcastPorts, 'runs'>,
  run: BroadcastRun,
): Promise<BroadcastRun | null> {
  let root: BroadcastRun | null = run;
  for (let links = 0; root && root.corrects !== null; links += 1) {
    if (links >= MAX_LINKS) throw new Error(`run ${run.id} corrects without end`);
    root = await ports.runs.get(root.corrects);
  }
  return root;
}
