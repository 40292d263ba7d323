import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentSchema } from '#src/config/config.ts';
import { environmentProblems } from './environment.ts';
import { judgeTree, readTree } from './imports.ts';
import { languageProblems, readTexts, useProblems } from './locales.ts';
import { eslint, pageTypescript, prettier, runTool, typescript } from './run-tool.ts';
import { resultOf, runSteps } from './step.ts';
import type { Step } from './step.ts';
import { readTextUses } from './text-uses.ts';
import { unusedExports, unusedFiles } from './unused.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Most of the time is lint, which runs beside all others. */
const AT_ONCE = 2;

/** `npm run check [-- STEP …]`: everything a machine can say about the tree without running it, or the steps named. */
const steps: readonly Step[] = [
  { name: 'lint', run: () => runTool(eslint) },
  { name: 'format', run: () => runTool(prettier) },
  { name: 'types', run: () => runTool(typescript) },
  { name: 'types of the page', run: () => runTool(pageTypescript) },
  { name: 'import rules', run: async () => judgeTree(await readTree(['src', 'jobs', 'dev', 'test'])) },
  {
    name: 'unused code',
    async run() {
      const tree = await readTree(['src', 'jobs', 'dev', 'test']);
      return resultOf(
        [...unusedFiles(tree), ...unusedExports()],
        'every file is reached, every export is used',
      );
    },
  },
  { name: 'locales', run: () => Promise.resolve(checkLocales()) },
  { name: 'environment', run: () => Promise.resolve(checkEnvironment()) },
];

function checkLocales(): ReturnType<typeof resultOf> {
  const vi = readTexts(join(ROOT, 'locales'), 'vi');
  const en = readTexts(join(ROOT, 'locales'), 'en');
  const namespaces = [...new Set([...vi.keys()].map((key) => key.slice(0, key.indexOf('.'))))];
  const uses = readTextUses(ROOT, ['src', 'jobs'], namespaces);
  return resultOf(
    [...languageProblems('vi', vi, 'en', en), ...useProblems(vi, uses)],
    `${String(vi.size)} texts in vi, ${String(en.size)} in en, named ${String(uses.length)} times`,
  );
}

function checkEnvironment(): ReturnType<typeof resultOf> {
  const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
  const count = Object.keys(environmentSchema.shape).length;
  return resultOf(
    environmentProblems(environmentSchema, read('.env.example'), read('README.md')),
    `${String(count)} variables shown and explained`,
  );
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) throw new Error(`no step named ${unknown.join(', ')}`);
const chosen = wanted.length === 0 ? steps : steps.filter((step) => wanted.includes(step.name));
process.exitCode = (await runSteps(chosen, (line) => console.log(line), { atOnce: AT_ONCE })) ? 0 : 1;
