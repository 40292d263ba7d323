import { join, relative } from 'node:path';
import tsUnusedExports from 'ts-unused-exports';

const ROOT = join(import.meta.dirname, '../..');
const TSCONFIG = join(import.meta.dirname, 'unused-exports.tsconfig.json');

/** Where a process, a thread, a test run or a person starts. What ships must be reached from one of these, not from a test. */
const ENTRY_POINTS = {
  shipped: [
    ...['src/main/main.ts', 'src/main/bot.ts', 'src/main/worker.ts', 'src/main/loa.ts'],
    'src/documents/reading-thread.ts',
    'src/channels/telegram/timed-post-thread.ts',
  ],
  /** Started by npm, by vitest, or as a process of its own by a path in a string. */
  other:
    /^(dev\/[\w-]+\/main\.ts|dev\/(?:bench|soak)\/[\w-]+\.ts|dev\/services\/build-debian-root\.ts|dev\/sandbox\/page\/main\.ts|dev\/world\/(?:services|gateway)-child\.ts|test\/.+\.test\.ts|test\/support\/(?:services-setup|chromium-setup|fuzz-seed|shifted-time)\.ts|test\/contract\/gateway\/outage-services\.ts)$/u,
} as const;

interface Modules {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
}

/** Modules that no entry point reaches, one line each; and entry points that are not there. */
export function unusedFiles(
  tree: Modules,
  entryPoints: { readonly shipped: readonly string[]; readonly other: RegExp } = ENTRY_POINTS,
): readonly string[] {
  const imports = new Map(
    tree.modules.map((module) => [module.source, module.dependencies.map((one) => one.resolved)]),
  );
  const shipped = reach(entryPoints.shipped, imports);
  const all = reach(
    [...entryPoints.shipped, ...[...imports.keys()].filter((path) => entryPoints.other.test(path))],
    imports,
  );
  const missing = entryPoints.shipped.filter((path) => !imports.has(path));
  const unused = [...imports.keys()].filter(
    (path) => !(/^(src|jobs)\//u.test(path) ? shipped : all).has(path),
  );
  return [
    ...missing.map((path) => `${path}: this entry point is not there`),
    ...unused.sort().map((path) => `${path}: no entry point reaches this file`),
  ];
}

function reach(
  starts: readonly string[],
  imports: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = starts.filter((path) => imports.has(path));
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...(imports.get(path) ?? []));
  }
  return seen;
}

/** `index.ts` behind a `#` alias is not followed by the reader of exports; the others are read by their default export. */
const NOT_JUDGED = /^(.*\/index\.ts|[\w.]+\.config\.ts|test\/support\/(?:services|chromium)-setup\.ts)$/u;

/**
 * Exported values that no other file imports, one line a file. Types are left out: one that stands only in its own
 * file's signatures is still what a caller may name. Throws where `tsconfigPath` covers no file.
 */
export function unusedExports(tsconfigPath: string = TSCONFIG, root: string = ROOT): readonly string[] {
  const analysis = tsUnusedExports.analyzeTsConfig(tsconfigPath, ['--allowUnusedTypes']);
  return Object.entries(analysis.unusedExports)
    .map(([file, names]) => ({ path: relative(root, file), names: names.map((one) => one.exportName) }))
    .filter(({ path }) => !NOT_JUDGED.test(path))
    .map(({ path, names }) => `${path} exports ${names.join(', ')}: nothing imports it`);
}
