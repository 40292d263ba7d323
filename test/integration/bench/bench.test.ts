import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { services } from '#test/support/services.ts';

const figuresSchema = z.array(
  z.strictObject({
    part: z.literal('cut'),
    subject: z.string(),
    figure: z.string(),
    value: z.number(),
    unit: z.string(),
  }),
);

it('the benchmark writes its figures, ours beside each peer: who sends a message twice whose answer was cut, and who knows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loa-phuong-bench-'));
  const file = join(folder, 'figures.json');
  const { mongodbUri, redisUrl } = services();
  const args = ['dev/bench/main.ts', '--only', 'cut', '--chats', '40', '--json', file];
  await promisify(execFile)(process.execPath, args, {
    env: { PATH: process.env['PATH'], MONGODB_URI: mongodbUri, REDIS_URL: redisUrl },
  });
  const figures = figuresSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  await rm(folder, { recursive: true });
  const of = (subject: string): Readonly<Record<string, number>> =>
    Object.fromEntries(
      figures.filter((one) => one.subject === subject).map(({ figure, value }) => [figure, value]),
    );
  expect(of('loa-phuong')).toEqual({ cut: 2, duplicates: 0, missing: 0, unknown: 2, unknownNotCut: 0 });
  expect(of('grammy-auto-retry')).toMatchObject({ cut: 2, duplicates: 2 });
  expect(new Set(figures.map((one) => one.subject))).toEqual(
    new Set([
      'loa-phuong',
      'telegraf-sequential',
      'telegraf-parallel',
      'grammy-auto-retry',
      'grammy-throttler',
    ]),
  );
});
