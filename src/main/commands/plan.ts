import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { postSummary } from '#src/domain/broadcast/post-summary.ts';
import { loadPlanFolder } from '#src/plan/load-plan.ts';
import type { Core } from '../core.ts';
import { badFile, type CommandAnswer, table } from './output.ts';

/** Posts lie beside the plan: `posts-<plan name without year>/` where a folder holds several wards, else `posts/`. */
function load(planFile: string): ReturnType<typeof loadPlanFolder> {
  const folder = dirname(planFile);
  const name = basename(planFile).replace(/(?:-\d{4})?\.ya?ml$/u, '');
  const own = join(folder, `posts-${name}`);
  return loadPlanFolder(planFile, existsSync(own) ? own : join(folder, 'posts'));
}

/**
 * Reads a plan and its posts; needs neither settings nor services.
 * JSON: `{ok: true, ward, year, obligations, topics, deadlines, routines, inspections, posts}`, the last six as counts;
 * a bad file as in `badFile`.
 */
export async function checkPlan(planFile: string): Promise<CommandAnswer> {
  const loaded = await load(planFile);
  if (!loaded.ok) return badFile(loaded.problems);
  const { plan, posts } = loaded;
  const counts = {
    obligations: plan.obligations.length,
    topics: plan.topics.length,
    deadlines: plan.deadlines.length,
    routines: plan.routines.length,
    inspections: plan.inspections.length,
    posts: posts.length,
  };
  return {
    ok: true,
    json: { ok: true, ward: plan.ward.name, year: plan.ward.year, ...counts },
    lines: [
      `${plan.ward.name} ${String(plan.ward.year)}: no problem found`,
      ...table(Object.entries(counts).map(([name, count]) => [`  ${name}`, String(count)])),
    ],
  };
}

/**
 * Imports the plan and opens its duties. Doing it again changes nothing.
 * JSON: `{ok: true, ward, year, added, changed, unchanged, retired, duties: {opened, existing}}`, where `opened` holds
 * ids and the others are counts; a bad file as in `badFile`.
 */
export async function importPlan(core: Core, planFile: string): Promise<CommandAnswer> {
  const loaded = await load(planFile);
  if (!loaded.ok) return badFile(loaded.problems);
  const { ward } = loaded.plan;
  const posts = loaded.posts.map(postSummary);
  const rows = await core.store.plans.import(loaded.plan, posts, core.clock.nowMs());
  core.calendar.setHours(ward.officeHours);
  const duties = await openPlanDuties(core.app);
  return {
    ok: true,
    json: { ok: true, ward: ward.name, year: ward.year, ...rows, duties },
    lines: [
      `${ward.name} ${String(ward.year)}: ${String(rows.added)} added, ${String(rows.changed)} changed, ` +
        `${String(rows.unchanged)} unchanged, ${String(rows.retired)} retired`,
      `duties: ${String(duties.opened.length)} opened, ${String(duties.existing)} there before`,
    ],
  };
}
