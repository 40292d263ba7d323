import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeTree, readTree } from '#dev/check/imports.ts';

const PACKAGES = [
  'zod',
  'telegraf',
  'undici',
  'mongoose',
  'bullmq',
  'ioredis',
  'fastify',
  'pino',
  'prom-client',
  'i18next',
];
const use = (...names: readonly string[]): string => names.map((name) => `import '${name}';\n`).join('');

/** A tree in which every room imports what it may. */
const SOUND: Readonly<Record<string, string>> = {
  'src/domain/case.ts': use('./duty.ts'),
  'src/domain/duty.ts': 'export {};\n',
  'src/app/ports/stores.ts': use('#src/domain/case.ts'),
  'src/app/cases/take-case.ts': use('../ports/stores.ts', '#src/domain/duty.ts'),
  'src/config/config.ts': use('zod'),
  'src/channels/telegram/api.ts': use('telegraf', 'undici', 'zod', 'node:fs', '#src/app/ports/stores.ts'),
  'src/channels/zalo/api.ts': use('undici', '#src/domain/case.ts'),
  'src/store/cases.ts': use('mongoose', '#src/app/ports/stores.ts'),
  'src/queue/define-job.ts': use('zod', './connections.ts'),
  'src/queue/connections.ts': use('bullmq', 'ioredis'),
  'src/i18n/texts.ts': use('i18next'),
  'src/http/server.ts': use('fastify'),
  'src/observe/log.ts': use('pino', 'prom-client'),
  'jobs/send.job.ts': use('zod', '#src/queue/define-job.ts', '#src/app/cases/take-case.ts'),
  'src/main/main.ts': use(
    '#jobs/send.job.ts',
    '#src/config/config.ts',
    '#src/channels/telegram/api.ts',
    '#src/channels/zalo/api.ts',
    '#src/store/cases.ts',
    '#src/i18n/texts.ts',
    '#src/http/server.ts',
    '#src/observe/log.ts',
  ),
  'dev/tool/main.ts': use('#src/main/main.ts', 'telegraf'),
  'test/unit/a.test.ts': use('#dev/tool/main.ts'),
};

let root = '';
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'imports-'));
  const dependencies = Object.fromEntries(PACKAGES.map((name) => [name, '1.0.0']));
  const imports = { '#src/*': './src/*', '#jobs/*': './jobs/*', '#dev/*': './dev/*', '#test/*': './test/*' };
  write('package.json', JSON.stringify({ name: 'fixture', type: 'module', imports, dependencies }));
  for (const name of PACKAGES) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
  for (const [path, text] of Object.entries(SOUND)) write(path, text);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const FOLDERS = ['src', 'jobs', 'dev', 'test'];

/** The names of the rules that break when these lines are added to that file. */
async function brokenBy(path: string, added: string): Promise<readonly string[]> {
  write(path, `${SOUND[path] ?? ''}${added}`);
  try {
    const { violations } = await readTree(FOLDERS, root);
    return [...new Set(violations.map((line) => line.slice(0, line.indexOf(':'))))];
  } finally {
    if (SOUND[path] === undefined) rmSync(join(root, path));
    else write(path, SOUND[path]);
  }
}

describe('the import rules', () => {
  it('hold for the whole tree, of which more than 50 modules and their aliases were read', async () => {
    const tree = await readTree(FOLDERS);

    expect(tree.violations).toEqual([]);
    expect(tree.modules.length).toBeGreaterThan(50);
    expect(tree.modules.flatMap((module) => module.dependencies.map((one) => one.module))).toContain(
      '#src/domain/inbound.ts',
    );
  });

  it('let a sound tree pass', async () => {
    const tree = await readTree(FOLDERS, root);

    expect(tree.violations).toEqual([]);
    expect(tree.modules.map((module) => module.source).sort()).toEqual(Object.keys(SOUND).sort());
  });

  it.each([
    ['domain uses an adapter', 'src/domain/case.ts', '#src/i18n/texts.ts', 'domain-stays-in-its-room'],
    ['domain uses app', 'src/domain/duty.ts', '#src/app/cases/take-case.ts', 'domain-stays-in-its-room'],
    ['domain uses npm', 'src/domain/case.ts', 'zod', 'domain-uses-only-its-library'],
    ['domain uses node', 'src/domain/case.ts', 'node:crypto', 'domain-knows-no-node'],
    ['app uses an adapter', 'src/app/cases/take-case.ts', '#src/store/cases.ts', 'app-stays-in-its-room'],
    ['app uses npm', 'src/app/cases/take-case.ts', 'zod', 'app-uses-only-its-library'],
    ['app uses node', 'src/app/cases/take-case.ts', 'fs', 'app-knows-no-node'],
    [
      'an adapter uses a use case',
      'src/store/cases.ts',
      '#src/app/cases/take-case.ts',
      'store-stays-in-its-room',
    ],
    ['an adapter uses another', 'src/http/server.ts', '#src/store/cases.ts', 'http-stays-in-its-room'],
    [
      'one channel uses the other',
      'src/channels/zalo/api.ts',
      '#src/channels/telegram/api.ts',
      'channels-zalo-stays-in-its-room',
    ],
    ['config is read outside main', 'src/store/cases.ts', '#src/config/config.ts', 'store-stays-in-its-room'],
    ['a job reads the config', 'jobs/send.job.ts', '#src/config/config.ts', 'jobs-stays-in-its-room'],
    [
      'a job uses more of the queue than its definition',
      'jobs/send.job.ts',
      '#src/queue/connections.ts',
      'jobs-stays-in-its-room',
    ],
    ['a job uses an adapter', 'jobs/send.job.ts', '#src/store/cases.ts', 'jobs-stays-in-its-room'],
    ['queue uses a job', 'src/queue/connections.ts', '#jobs/send.job.ts', 'queue-stays-in-its-room'],
    ['telegraf outside its room', 'src/main/main.ts', 'telegraf', 'main-uses-only-its-library'],
    [
      'telegraf in the other channel',
      'src/channels/zalo/api.ts',
      'telegraf',
      'channels-zalo-uses-only-its-library',
    ],
    ['undici outside its rooms', 'src/http/server.ts', 'undici', 'http-uses-only-its-library'],
    ['mongoose outside its room', 'src/queue/connections.ts', 'mongoose', 'queue-uses-only-its-library'],
    ['bullmq outside its room', 'jobs/send.job.ts', 'bullmq', 'jobs-uses-only-its-library'],
    ['ioredis outside its room', 'src/store/cases.ts', 'ioredis', 'store-uses-only-its-library'],
    ['fastify outside its room', 'src/observe/log.ts', 'fastify', 'observe-uses-only-its-library'],
    ['pino outside its room', 'src/http/server.ts', 'pino', 'http-uses-only-its-library'],
    ['prom-client outside its room', 'src/http/server.ts', 'prom-client', 'http-uses-only-its-library'],
    ['i18next outside its room', 'src/http/server.ts', 'i18next', 'http-uses-only-its-library'],
    ['src uses dev', 'src/main/main.ts', '#dev/tool/main.ts', 'shipped-code-knows-no-dev-or-test'],
    ['a job uses test', 'jobs/send.job.ts', '#test/unit/a.test.ts', 'shipped-code-knows-no-dev-or-test'],
    ['a cycle', 'src/domain/duty.ts', './case.ts', 'no-cycle'],
    ['an import of nothing', 'src/app/cases/take-case.ts', './gone.ts', 'every-import-resolves'],
  ])('catch it when %s', async (_what, path, added, rule) => {
    expect(await brokenBy(path, use(added))).toContain(rule);
  });

  it('count type-only imports', async () => {
    expect(
      await brokenBy('src/domain/case.ts', "import type { A } from '#src/app/ports/stores.ts';\n"),
    ).toContain('domain-stays-in-its-room');
  });

  it('count imports made while running', async () => {
    expect(await brokenBy('src/app/cases/take-case.ts', "await import('#src/store/cases.ts');\n")).toContain(
      'app-stays-in-its-room',
    );
  });

  it('catch a file that nothing imports and that imports nothing', async () => {
    expect(await brokenBy('src/app/alone.ts', 'export const alone = 1;\n')).toEqual(['no-orphan']);
  });

  it('catch a folder that no rule knows', async () => {
    expect(await brokenBy('src/helpers/all.ts', use('#src/domain/case.ts'))).toEqual([
      'every-room-has-a-rule',
    ]);
  });
});

describe('a run that read nothing', () => {
  it('fails where no module was read', async () => {
    mkdirSync(join(root, 'empty'), { recursive: true });

    expect(judgeTree(await readTree(['empty'], root)).kind).toBe('failed');
  });

  it('fails where modules were read and not one import', async () => {
    write('bare/alone.ts', 'export const alone = 1;\n');

    expect(judgeTree(await readTree(['bare'], root)).kind).toBe('failed');
  });

  it('passes where there was something to read and nothing to mend', async () => {
    expect(judgeTree(await readTree(FOLDERS, root))).toMatchObject({ kind: 'passed' });
  });
});
