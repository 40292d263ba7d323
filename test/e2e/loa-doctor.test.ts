import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '#dev/sandbox/index.ts';
import { environmentFor } from '#dev/world/world.ts';
import { type Environment, loa } from '#test/support/command-line.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let sandbox: Sandbox;
let settings: Environment;

beforeAll(async () => {
  sandbox = await startSandbox();
  settings = {
    ...environmentFor(sandbox, { mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl }),
    PUBLIC_URL: 'https://phuong.vn',
    TELEGRAM_WEBHOOK_SECRET: 'a'.repeat(16),
  };
});
afterAll(() => sandbox.stop());

const diagnosis = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({ part: z.string(), state: z.string(), detail: z.string(), hint: z.string().nullable() }),
  ),
});

type Findings = z.infer<typeof diagnosis>['findings'];

/** Without the calendar: whether this year's days off are in the table depends on when the test runs. */
const illParts = (findings: Findings): readonly string[] =>
  findings
    .filter((finding) => finding.state === 'failed' && finding.part !== 'calendar')
    .map((finding) => finding.part);

async function examine(environment: Environment): Promise<{ code: number | null; findings: Findings }> {
  const ended = await loa(environment, 'doctor', '--json');
  expect(ended.stderr).toBe('');
  expect(ended.stdout).not.toContain('geheim');
  const { ok, findings } = diagnosis.parse(JSON.parse(ended.stdout));
  expect(ok).toBe(findings.every((finding) => finding.state !== 'failed'));
  expect(ended.code).toBe(ok ? 0 : 1);
  return { code: ended.code, findings };
}

describe('doctor', () => {
  it('misses only the plan in a new installation, however often it looks: a refresh token works once', async () => {
    for (let time = 1; time <= 2; time += 1) {
      const { code, findings } = await examine(settings);

      expect(code).toBe(1);
      expect(illParts(findings)).toEqual(['plan']);
      expect(findings.find((finding) => finding.part === 'zalo')?.state).toBe('ok');
    }
  });

  it('finds an installation with its plan well, and says it to people in one line a part', async () => {
    expect(await loa(settings, 'plan', 'import', 'plans/bai-chay-2024.yaml')).toMatchObject({ code: 0 });

    const { findings } = await examine(settings);
    expect(illParts(findings)).toEqual([]);
    expect(findings.map((finding) => finding.part)).toEqual([
      ...['configuration', 'database', 'plan', 'staff', 'zalo', 'redis', 'telegram', 'telegram webhook'],
      ...['webhooks', 'calendar'],
    ]);
    const { stdout, stderr } = await loa(settings, 'doctor');
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter((line) => /^(ok|warning|FAILED) /u.test(line))).toHaveLength(10);
  });

  it('says when the place of a Zalo group runs out, and which group takes no posts any more', async () => {
    sandbox.zalo.setValidThrough(sandbox.zalo.createGroup('Khu 1'), Date.now() + 10 * 86_400_000);
    sandbox.zalo.disableGroup(sandbox.zalo.createGroup('Khu 2'));
    const { findings } = await examine(settings);
    const zalo = findings.filter((finding) => finding.part === 'zalo');
    expect(zalo.map(({ state }) => state)).toEqual(['ok', 'warning', 'failed']);
    expect(zalo.map(({ detail }) => detail).join()).toMatch(
      /calls a minute.*Khu 1: its place runs out on.*Khu 2/u,
    );
    for (const group of ['Khu 1', 'Khu 2'])
      expect(zalo.some(({ detail }) => detail.includes(group))).toBe(true);
  });

  it('tells a token that is refused from a platform that is out of reach', async () => {
    const { findings } = await examine({ ...settings, TELEGRAM_BOT_TOKEN: `7000000001:${'x'.repeat(30)}` });
    expect(findings.find((finding) => finding.part === 'telegram')?.detail).toBe('the token is refused');
  });

  it('says of each part that is not well what to do, within 15 s and without a password', async () => {
    const startedMs = performance.now();
    const { findings } = await examine({
      ...settings,
      MONGODB_URI: 'mongodb://u:geheim@127.0.0.1:1/x',
      REDIS_URL: 'redis://u:geheim@127.0.0.1:1',
      TELEGRAM_API_ROOT: 'http://127.0.0.1:1',
      PUBLIC_URL: 'http://phuong.vn',
    });

    expect(illParts(findings)).toEqual(['database', 'redis', 'telegram', 'webhooks']);
    expect(findings.every((finding) => finding.state === 'ok' || finding.hint !== null)).toBe(true);
    expect(performance.now() - startedMs).toBeLessThan(15_000);
  });
});
