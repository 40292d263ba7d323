import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ordered, orderRun } from '#src/app/broadcast/order-run.ts';
import type { RunState } from '#src/domain/run.ts';
import type { Role } from '#src/domain/staff.ts';
import { type Core, currentPlan } from '../core.ts';
import { parseAudience } from './audience-options.ts';
import { type CommandAnswer, failed, table } from './output.ts';
import { showRun } from './run.ts';
import { isoAtWard, minuteAtWard, parseInstant } from './ward-time.ts';

export interface BroadcastCommand {
  readonly now?: true;
  readonly at?: string;
  readonly by: string;
  readonly approvedBy: string;
  readonly wait?: true;
  readonly khuPho?: string;
  readonly kind?: string;
  readonly channel?: string;
}

const LOOK_EVERY_MS = 500;
/** The worker looks for due runs every few seconds: after this time it is not there. */
const WORKER_SILENT_MS = 30_000;

/**
 * Schedules the post; the running worker sends it. `tell` gets what a person who waits wants to know meanwhile.
 * JSON: `{ok: true, run, sendAt}`, with `--wait` also what `showRun` adds; failed with the reasons `when`,
 * `not-sent` (taken back while it was waited for), `khu-pho`, `kind`, `channel` (not understood), or a kind of `Ordered`, such as `same-person`.
 */
export async function broadcastPost(
  core: Core,
  postId: string,
  command: BroadcastCommand,
  tell: (line: string) => void,
): Promise<CommandAnswer> {
  const nowMs = core.clock.nowMs();
  const sendAtMs = command.at === undefined ? nowMs : parseInstant(command.at);
  if (sendAtMs === null) {
    return failed('when', `--at ${command.at ?? ''} is no instant: write 2024-05-09T08:00 (the ward's time)`);
  }
  if (command.at === undefined && !command.now) return failed('when', 'say --now, or --at with an instant');
  if (sendAtMs < nowMs)
    return failed('when', `--at ${minuteAtWard(sendAtMs)} is past; to send it now, say --now`);
  const parsed = parseAudience(await currentPlan(core.store), command);
  if (parsed.kind === 'refused') return parsed.answer;
  const ordered = await orderRun(core.app, {
    id: `R-${randomUUID()}`,
    postId,
    authorId: command.by,
    approverId: command.approvedBy,
    sendAtMs,
    audience: parsed.audience,
  });
  if (ordered.kind !== 'ordered') return refused(core, ordered.kind, postId, command);
  const { id } = ordered.run;
  if (command.wait) {
    tell(`${id} is on its way; Ctrl-C ends the waiting, not the sending`);
    const state = await waitUntilDone(core, id, tell);
    return state === 'done' ? showRun(core, id) : failed('not-sent', `${id} was not sent: it is ${state}`);
  }
  return { ok: true, json: { ok: true, run: id, sendAt: isoAtWard(sendAtMs) }, lines: [id] };
}

/** Until nothing is to come any more: answers the state in which the run then is. */
async function waitUntilDone(core: Core, runId: string, tell: (line: string) => void): Promise<RunState> {
  let isTold = false;
  for (;;) {
    const run = await core.store.runs.get(runId);
    if (!run) throw new Error(`the run ${runId} has vanished`);
    if (run.state !== 'scheduled' && run.state !== 'sending' && run.state !== 'paused') return run.state;
    if (!isTold && run.state === 'scheduled' && core.clock.nowMs() > run.sendAtMs + WORKER_SILENT_MS) {
      isTold = true;
      tell('nothing has begun yet: is the worker running (npm start)?');
    }
    await sleep(LOOK_EVERY_MS);
  }
}

type Refusal = Exclude<Ordered['kind'], 'ordered'>;

async function refused(
  core: Core,
  reason: Refusal,
  postId: string,
  { by, approvedBy }: BroadcastCommand,
): Promise<CommandAnswer> {
  switch (reason) {
    case 'no-plan':
      return failed(reason, 'no plan is imported: npm run loa -- plan import FILE');
    case 'unknown-post':
      return failed(reason, `the plan has no post ${postId}`, await postLines(core));
    case 'unknown-author':
      return failed(reason, `--by: no member of staff has the id ${by}`, await staffLines(core, 'editor'));
    case 'unknown-approver':
      return failed(
        reason,
        `--approved-by: no member of staff has the id ${approvedBy}`,
        await staffLines(core, 'approver'),
      );
    case 'not-editor':
      return failed(
        reason,
        `--by: ${by} is not an editor, or has not joined yet`,
        await staffLines(core, 'editor'),
      );
    case 'not-approver':
      return failed(
        reason,
        `--approved-by: ${approvedBy} is not an approver, or has not joined yet`,
        await staffLines(core, 'approver'),
      );
    case 'no-consent':
      return failed(
        reason,
        `${postId} may name a person: an editor hands it in by chat (dang tin), with that person's consent`,
      );
    case 'nobody':
      return failed(reason, 'nobody would get this post: loa groups list shows what there is');
    case 'same-person':
      return failed(reason, 'a post needs two people: whoever wrote it cannot approve it');
  }
}

async function postLines(core: Core): Promise<readonly string[]> {
  const posts = (await core.store.plans.current())?.posts ?? [];
  return ['posts:', ...table(posts.map((post) => [`  ${post.id}`, post.title]))];
}

async function staffLines(core: Core, role: Role): Promise<readonly string[]> {
  const members = await core.store.staff.withRole(role);
  if (members.length === 0) return [`nobody has joined as ${role} yet: staff invite --role ${role} …`];
  return [`${role}:`, ...table(members.map((member) => [`  ${member.id}`, member.name]))];
}
