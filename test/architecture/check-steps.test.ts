import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eslint, prettier, runTool, typescript } from '#dev/check/run-tool.ts';
import { failed, passed, runSteps } from '#dev/check/step.ts';
import { unusedExports, unusedFiles } from '#dev/check/unused.ts';

const ROOT = join(import.meta.dirname, '../..');

let folder = '';
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the run of the steps', () => {
  const run = async (...results: readonly ('passed' | 'failed' | 'throws')[]) => {
    const lines: string[] = [];
    let nowMs = 0;
    const ok = await runSteps(
      results.map((result, index) => ({
        name: `step-${String(index)}`,
        run() {
          nowMs += 1_500;
          if (result === 'throws') return Promise.reject(new Error('broke down'));
          return Promise.resolve(result === 'passed' ? passed('well') : failed(['a reason']));
        },
      })),
      (line) => lines.push(line),
      { nowMs: () => nowMs },
    );
    return { ok, lines };
  };

  it('prints one line a step with its time', async () => {
    expect(await run('passed', 'passed')).toEqual({
      ok: true,
      lines: ['ok      1.5 s  step-0: well', 'ok      1.5 s  step-1: well', 'all 2 steps passed'],
    });
  });

  it('runs as many beside each other as it is told, and prints each when it ends', async () => {
    const lines: string[] = [];
    const slow = Promise.withResolvers<undefined>();
    const steps = [
      { name: 'slow', run: () => slow.promise.then(() => passed('well')) },
      { name: 'quick', run: () => Promise.resolve(passed('well')) },
      { name: 'last', run: () => (slow.resolve(undefined), Promise.resolve(passed('well'))) },
    ];

    expect(await runSteps(steps, (line) => lines.push(line), { atOnce: 2, nowMs: () => 0 })).toBe(true);
    expect(lines.map((line) => line.replace(/.* s {2}/, ''))).toEqual([
      'quick: well',
      'last: well',
      'slow: well',
      'all 3 steps passed',
    ]);
  });

  it('goes on after a failure and fails as a whole', async () => {
    const { ok, lines } = await run('failed', 'passed');

    expect(ok).toBe(false);
    expect(lines).toEqual([
      'FAIL    1.5 s  step-0',
      '        a reason',
      'ok      1.5 s  step-1: well',
      '1 of 2 steps failed: step-0',
    ]);
  });

  it('takes a step that throws as failed', async () => {
    const { ok, lines } = await run('throws', 'passed');

    expect(ok).toBe(false);
    expect(lines.join('\n')).toContain('broke down');
    expect(lines).toContain('ok      1.5 s  step-1: well');
  });

  it('fails where there was no step', async () => {
    expect((await run()).ok).toBe(false);
  });
});

describe('the format step', () => {
  it('fails on a file that is not formatted and passes once it is', async () => {
    write('a.ts', 'const  a = 1\n');
    expect(await runTool(prettier, folder)).toMatchObject({ kind: 'failed' });

    write('a.ts', 'const a = 1;\n');
    expect(await runTool(prettier, folder)).toEqual({ kind: 'passed', summary: 'every file is formatted' });
  });
});

describe('the lint step', () => {
  it('fails on what only a linter with types sees, and passes without it', async () => {
    copyFileSync(join(ROOT, 'eslint.config.js'), join(folder, 'eslint.config.js'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    write('package.json', '{ "type": "module" }');
    write('tsconfig.json', '{ "compilerOptions": { "strict": true, "types": [] }, "include": ["src"] }');
    write('src/a.ts', 'const later = (): Promise<number> => Promise.resolve(1);\nlater();\n');
    const result = await runTool(eslint, folder);
    expect(result.kind === 'failed' && result.lines.join('\n')).toContain('no-floating-promises');

    write('src/a.ts', 'const later = (): Promise<number> => Promise.resolve(1);\nvoid later();\n');
    expect((await runTool(eslint, folder)).kind).toBe('passed');
  });
});

describe('the types step', () => {
  it('fails on a type that does not fit and passes once it does', async () => {
    write('tsconfig.json', '{ "compilerOptions": { "strict": true, "types": [] } }');
    write('a.ts', "export const a: number = 'one';\n");
    const result = await runTool(typescript, folder);
    expect(result.kind === 'failed' && result.lines.join('\n')).toContain('TS2322');

    write('a.ts', 'export const a: number = 1;\n');
    expect((await runTool(typescript, folder)).kind).toBe('passed');
  });
});

describe('the search for unused files', () => {
  const tree = (imports: Readonly<Record<string, readonly string[]>>) => ({
    modules: Object.entries(imports).map(([source, resolved]) => ({
      source,
      dependencies: resolved.map((path) => ({ resolved: path })),
    })),
  });
  const entryPoints = { shipped: ['src/main/main.ts'], other: /^test\/.+\.test\.ts$/u };

  it('passes where an entry point reaches every file', () => {
    const reached = tree({
      'src/main/main.ts': ['src/app/a.ts'],
      'src/app/a.ts': ['src/main/main.ts', 'node_modules/zod/index.js'],
      'test/a.test.ts': ['test/help.ts'],
      'test/help.ts': ['src/app/a.ts'],
    });

    expect(unusedFiles(reached, entryPoints)).toEqual([]);
  });

  it('finds a file that only a test reaches, though it ships', () => {
    const reached = tree({
      'src/main/main.ts': [],
      'src/app/a.ts': [],
      'test/a.test.ts': ['src/app/a.ts'],
    });

    expect(unusedFiles(reached, entryPoints)).toEqual(['src/app/a.ts: no entry point reaches this file']);
  });

  it('finds a helper that no test reaches', () => {
    const reached = tree({ 'src/main/main.ts': [], 'test/help.ts': [] });

    expect(unusedFiles(reached, entryPoints)).toEqual(['test/help.ts: no entry point reaches this file']);
  });

  it('says when an entry point is gone', () => {
    expect(unusedFiles(tree({}), entryPoints)).toEqual(['src/main/main.ts: this entry point is not there']);
  });
});

describe('the search for unused exports', () => {
  it('finds a value that no file imports, through aliases too, and lets types be', () => {
    write(
      'tsconfig.json',
      '{ "compilerOptions": { "baseUrl": ".", "paths": { "#src/*": ["src/*"] } }, "include": ["src"] }',
    );
    write('src/a.ts', 'export const used = 1;\nexport const unused = 2;\nexport type Shape = 1;\n');
    write('src/b.ts', "import { used } from '#src/a.ts';\nvoid used;\n");

    expect(unusedExports(join(folder, 'tsconfig.json'), folder)).toEqual([
      'src/a.ts exports unused: nothing imports it',
    ]);
  });

  it('throws where there is no file to read', () => {
    write('tsconfig.json', '{ "include": ["src"] }');

    expect(() => unusedExports(join(folder, 'tsconfig.json'), folder)).toThrow();
  });
});
