import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { orderRun } from '#src/app/broadcast/order-run.ts';
import type { Core } from '../core.ts';
import { type CommandAnswer, isoAtWard } from './output.ts';

export interface BroadcastCommand {
  readonly now?: true;
  readonly at?: string;
  readonly by: string;
  readonly approvedBy: string;
  readonly wait?: true;
}

const LOOK_EVERY_MS = 500;

/** Schedules the post; the running worker sends it. Answers the run's id. */
export async function broadcastPost(
  core: Core,
  postId: string,
  command: BroadcastCommand,
): Promise<CommandAnswer> {
  const sendAtMs = command.now ? core.clock.nowMs() : Date.parse(command.at ?? '');
  if (Number.isNaN(sendAtMs)) return failed('give --now, or --at with an ISO 8601 instant');
  const ordered = await orderRun(core.app, {
    id: `R-${randomUUID()}`,
    postId,
    authorId: command.by,
    approverId: command.approvedBy,
    sendAtMs,
  });
  if (ordered.kind !== 'ordered') return failed(ordered.kind.replaceAll('-', ' '));
  if (command.wait) await waitUntilDone(core, ordered.run.id);
  return {
    ok: true,
    json: { ok: true, run: ordered.run.id, sendAt: isoAtWard(sendAtMs) },
    lines: [ordered.run.id],
  };
}

async function waitUntilDone(core: Core, runId: string): Promise<void> {
  for (;;) {
    const run = await core.store.runs.get(runId);
    if (!run || run.state === 'done' || run.state === 'cancelled') return;
    await sleep(LOOK_EVERY_MS);
  }
}

/** Counts by state. `relayed` and `readAloud` are self-reported and stand apart. */
export async function showRun(core: Core, runId: string): Promise<CommandAnswer> {
  const run = await core.store.runs.get(runId);
  if (!run) return failed(`no run ${runId}`);
  const counts = await core.store.deliveries.counts(runId);
  return {
    ok: true,
    json: {
      ok: true,
      run: run.id,
      state: run.state,
      title: run.title,
      sendAt: isoAtWard(run.sendAtMs),
      ...counts,
    },
    lines: [
      `${run.id} ${run.state}: ${run.title}`,
      ...Object.entries(counts).map(([state, count]) => `  ${state.padEnd(10)} ${String(count)}`),
    ],
  };
}

const failed = (problem: string): CommandAnswer => ({
  ok: false,
  json: { ok: false, problem },
  lines: [problem],
});
