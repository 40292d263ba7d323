import { dirname, join } from 'node:path';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { loadPlanFolder } from '#src/plan/load-plan.ts';
import type { Core } from '../core.ts';
import type { CommandAnswer } from './output.ts';

/** Posts lie beside the plan: `posts/`, or `posts-<plan name without year>/` where a folder holds several wards. */
function postsFolders(planFile: string): readonly string[] {
  const folder = dirname(planFile);
  const name =
    planFile
      .split('/')
      .at(-1)
      ?.replace(/-\d{4}\.ya?ml$/u, '') ?? '';
  return [join(folder, `posts-${name}`), join(folder, 'posts')];
}

async function load(planFile: string): ReturnType<typeof loadPlanFolder> {
  const { existsSync } = await import('node:fs');
  const folders = postsFolders(planFile);
  return loadPlanFolder(
    planFile,
    folders.find((folder) => existsSync(folder)) ?? join(dirname(planFile), 'posts'),
  );
}

const problemLine = (problem: { file: string; line: number; field: string; message: string }): string =>
  `${problem.file}:${String(problem.line)} ${problem.field}: ${problem.message}`;

export async function checkPlan(planFile: string): Promise<CommandAnswer> {
  const loaded = await load(planFile);
  if (!loaded.ok)
    return {
      ok: false,
      json: { ok: false, problems: loaded.problems },
      lines: loaded.problems.map(problemLine),
    };
  const { plan, posts } = loaded;
  const counts = {
    obligations: plan.obligations.length,
    topics: plan.topics.length,
    deadlines: plan.deadlines.length,
    inspections: plan.inspections.length,
    posts: posts.length,
  };
  return {
    ok: true,
    json: { ok: true, ward: plan.ward.name, year: plan.ward.year, ...counts },
    lines: [
      `${plan.ward.name} ${String(plan.ward.year)}:`,
      ...Object.entries(counts).map(([name, count]) => `  ${name} ${String(count)}`),
    ],
  };
}

/** Imports the plan and opens its duties. Idempotent. */
export async function importPlan(core: Core, planFile: string): Promise<CommandAnswer> {
  const loaded = await load(planFile);
  if (!loaded.ok)
    return {
      ok: false,
      json: { ok: false, problems: loaded.problems },
      lines: loaded.problems.map(problemLine),
    };
  const posts = loaded.posts.map((post) => ({
    id: post.id,
    topicId: post.topic,
    title: post.title,
    body: post.body,
  }));
  const rows = await core.store.plans.import(loaded.plan, posts, core.clock.nowMs());
  core.calendar.setHours(loaded.plan.ward.officeHours);
  const duties = await openPlanDuties(core.app);
  const json = { ok: true, ...rows, duties };
  return {
    ok: true,
    json,
    lines: [
      `${loaded.plan.ward.name} ${String(loaded.plan.ward.year)}: ${String(rows.added)} added, ${String(rows.changed)} changed, ` +
        `${String(rows.unchanged)} unchanged, ${String(rows.retired)} retired`,
    ],
  };
}
