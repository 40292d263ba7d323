import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { ICruiseResult, IModule } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { failed, resultOf } from './step.ts';
import type { StepResult } from './step.ts';

const ROOT = join(import.meta.dirname, '../..');
const RULES = join(ROOT, '.dependency-cruiser.cjs');

export interface Tree {
  /** The project's own modules, without those of npm and of node. */
  readonly modules: readonly IModule[];
  /** How many imports were followed, to npm and node too. */
  readonly importCount: number;
  /** One line a broken rule. */
  readonly violations: readonly string[];
}

/** Reads every module of `folders` below `root` and holds each import to `.dependency-cruiser.cjs`. */
export async function readTree(folders: readonly string[], root: string = ROOT): Promise<Tree> {
  const { forbidden = [], options = {} } = await extractDepcruiseConfig(RULES);
  const { enhancedResolveOptions, ...cruiseOptions } = options;
  const { output } = await cruise(
    [...folders],
    { ...cruiseOptions, baseDir: root, validate: true, ruleSet: { forbidden } },
    enhancedResolveOptions,
  );
  if (typeof output === 'string')
    throw new Error('dependency-cruiser gave a text where a result was asked for');
  const modules = output.modules.filter((module) => folders.some((folder) => isBelow(module.source, folder)));
  return {
    modules,
    importCount: modules.reduce((count, module) => count + module.dependencies.length, 0),
    violations: violationLines(output),
  };
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

function violationLines(result: ICruiseResult): readonly string[] {
  const lines = result.summary.violations.map((violation) => {
    const way = violation.cycle?.map((step) => step.name).join(' → ') ?? violation.to;
    return way === violation.from
      ? `${violation.rule.name}: ${violation.from}`
      : `${violation.rule.name}: ${violation.from} → ${way}`;
  });
  return [...new Set(lines)].sort();
}

/**
 * The verdict over a tree. A reader that found nothing (a TypeScript it does not know, a wrong folder) breaks no rule
 * either, so a run without modules or without a single import is refused.
 */
export function judgeTree(tree: Tree): StepResult {
  if (tree.modules.length === 0) return failed(['no module was read, so nothing was checked']);
  if (tree.importCount === 0) return failed(['no import was read, so nothing was checked']);
  return resultOf(
    tree.violations,
    `${String(tree.modules.length)} modules, ${String(tree.importCount)} imports`,
  );
}
