import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '#src/domain/plan.ts';
import type { PlanPost, PlanProblem } from '#src/domain/plan-post.ts';
import { freezeDeep } from './freeze.ts';
import { readYaml, schemaFaults, type YamlSource } from './read-yaml.ts';
import { findPlanFaults, findPostFaults } from './references.ts';
import { planSchema, POST_MAX_CHARACTERS, postSchema } from './schema.ts';

type Refused = { readonly ok: false; readonly problems: PlanProblem[] };
export type PlanResult = { readonly ok: true; readonly plan: Plan } | Refused;
export type PostResult = { readonly ok: true; readonly post: PlanPost } | Refused;
export type PlanFolderResult =
  { readonly ok: true; readonly plan: Plan; readonly posts: readonly PlanPost[] } | Refused;

/**
 * Reads a plan from YAML.
 * @param file name used in problems only.
 * @returns the plan, frozen; or every problem found, each with file, line and field. Never throws for bad content.
 */
export function parsePlan(file: string, text: string): PlanResult {
  const yaml = readYaml(file, text);
  if (!yaml.ok) return yaml;
  const parsed = planSchema.safeParse(yaml.source.data);
  if (!parsed.success) return refuse(schemaFaults(parsed.error).map(yaml.source.toProblem));
  const faults = findPlanFaults(parsed.data);
  if (faults.length > 0) return refuse(faults.map(yaml.source.toProblem));
  return { ok: true, plan: freezeDeep<Plan>(parsed.data) };
}

/**
 * Reads a post: YAML front matter between two lines of `---`, then the text.
 * @param plan when given, the post's topic and owner must be in it.
 */
export function parsePost(file: string, text: string, plan?: Plan): PostResult {
  const read = readPost(file, text, plan);
  return read.ok ? { ok: true, post: read.post } : read;
}

/**
 * Reads a plan and the `.md` files of its folder of posts, in the order of their names.
 * @returns all problems of all files at once: who edits them wants to mend them in one go. A file that cannot be read
 * is a problem too.
 */
export async function loadPlanFolder(planFile: string, postsDir: string): Promise<PlanFolderResult> {
  const planText = await readText(planFile);
  if (typeof planText !== 'string') return refuse([planText]);
  const loaded = parsePlan(planFile, planText);
  const plan = loaded.ok ? loaded.plan : undefined;
  const read = await readPosts(postsDir, plan);
  const problems = [...(loaded.ok ? [] : loaded.problems), ...read.problems];
  return plan === undefined || problems.length > 0 ? refuse(problems) : { ok: true, plan, posts: read.posts };
}

type ReadPost = { readonly ok: true; readonly post: PlanPost; readonly source: YamlSource } | Refused;

function readPost(file: string, text: string, plan: Plan | undefined): ReadPost {
  const parts = /^---\r?\n([\s\S]*?\r?\n)---\r?\n([\s\S]*)$/.exec(text.replace(/^\uFEFF/, ''));
  if (parts === null) {
    const message = 'must begin with front matter between two lines of ---';
    return refuse([{ file, line: 1, field: '(file)', message }]);
  }
  const [, front = '', rest = ''] = parts;
  const yaml = readYaml(file, front, 1);
  if (!yaml.ok) return yaml;
  const parsed = postSchema.safeParse(yaml.source.data);
  const problems = parsed.success ? [] : schemaFaults(parsed.error).map(yaml.source.toProblem);
  const body = rest.replace(/\r\n/g, '\n').normalize('NFC').trim();
  const bodyFault = findBodyFault(body);
  if (bodyFault !== null)
    problems.push({ file, line: front.split('\n').length + 2, field: 'body', message: bodyFault });
  if (!parsed.success || problems.length > 0) return refuse(problems);
  const post: PlanPost = { ...parsed.data, body };
  const faults = plan === undefined ? [] : findPostFaults(post, plan);
  if (faults.length > 0) return refuse(faults.map(yaml.source.toProblem));
  return { ok: true, post: freezeDeep(post), source: yaml.source };
}

function findBodyFault(body: string): string | null {
  if (body === '') return 'must not be empty';
  const length = body.length;
  return length > POST_MAX_CHARACTERS ? `has ${length} characters, at most ${POST_MAX_CHARACTERS} fit` : null;
}

async function readPosts(
  dir: string,
  plan: Plan | undefined,
): Promise<{ posts: readonly PlanPost[]; problems: PlanProblem[] }> {
  const names = await readdir(dir).catch(() => null);
  if (names === null) return { posts: [], problems: [unreadable(dir)] };
  const posts: PlanPost[] = [];
  const problems: PlanProblem[] = [];
  for (const name of names.filter((each) => each.endsWith('.md')).sort()) {
    const file = join(dir, name);
    const text = await readText(file);
    const read = typeof text === 'string' ? readPost(file, text, plan) : refuse([text]);
    if (!read.ok) problems.push(...read.problems);
    else if (posts.some(({ id }) => id === read.post.id))
      problems.push(read.source.toProblem({ path: ['id'], message: `duplicate id "${read.post.id}"` }));
    else posts.push(read.post);
  }
  return { posts: Object.freeze(posts), problems };
}

async function readText(file: string): Promise<string | PlanProblem> {
  return readFile(file, 'utf8').catch(() => unreadable(file));
}

const unreadable = (file: string): PlanProblem => ({
  file,
  line: 1,
  field: '(file)',
  message: 'cannot be read',
});

const refuse = (problems: PlanProblem[]): Refused => ({ ok: false, problems });
