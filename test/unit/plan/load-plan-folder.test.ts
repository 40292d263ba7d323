import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPlanFolder } from '#src/plan/load-plan.ts';

const PLAN = 'plans/dao-thong-2026.yaml';
const POST = 'plans/posts-dao-thong/TT-01-1.md';

describe('loadPlanFolder', () => {
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'plan-'));
  });
  afterEach(async () => {
    await rm(dir, { recursive: true });
  });

  it('refuses two posts with one id and names the second file', async () => {
    await copyFile(POST, join(dir, 'a.md'));
    await copyFile(POST, join(dir, 'b.md'));
    expect(await loadPlanFolder(PLAN, dir)).toMatchObject({
      ok: false,
      problems: [{ file: join(dir, 'b.md'), line: 2, field: 'id' }],
    });
  });

  it('reports the faults of the plan and of every post together', async () => {
    const plan = join(dir, 'plan.yaml');
    await writeFile(plan, (await readFile(PLAN, 'utf8')).replace('year: 2026', 'year: soon'));
    const post = (await readFile(POST, 'utf8')).replace('status: draft', 'status: sent');
    await writeFile(join(dir, 'a.md'), post);
    expect(await loadPlanFolder(plan, dir)).toMatchObject({
      ok: false,
      problems: [{ field: 'ward.year' }, { field: 'status' }],
    });
  });

  it('reports a missing file or folder instead of throwing', async () => {
    const missing = join(dir, 'nothing');
    const unreadable = { ok: false, problems: [{ file: missing, message: 'cannot be read' }] };
    expect(await loadPlanFolder(missing, dir)).toMatchObject(unreadable);
    expect(await loadPlanFolder(PLAN, missing)).toMatchObject(unreadable);
  });

  it('passes over files that are no posts', async () => {
    await writeFile(join(dir, 'notes.txt'), 'not a post');
    expect(await loadPlanFolder(PLAN, dir)).toMatchObject({ ok: true, posts: [] });
  });
});
