import type { SendBudget } from '#src/app/ports/channel.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import type { BroadcastRun, RunCounts } from '#src/domain/run.ts';
import { notifyStaff } from '../send/notify.ts';
import type { BroadcastPorts } from './ports.ts';

/** An edit costs a slot that a message could have. */
const EDIT_EVERY_MS = 3_000;
const BAR_LENGTH = 12;

export type ProgressPorts = BroadcastPorts & {
  readonly budget: SendBudget;
  readonly realNowMs: () => number;
};

interface LastEdit {
  readonly atMs: number;
  readonly text: string;
}

/** What this process last wrote into which message; forgotten on a restart, which costs one edit. */
const lastEdits = new WeakMap<SendBudget, Map<string, LastEdit>>();

/**
 * Tells the author how far a run is: on Telegram one message, edited at most once in three seconds; on Zalo, where
 * nothing can be edited, one message at the start. The summary at the end is `finishRun`'s.
 */
export async function showProgress(
  ports: ProgressPorts,
  run: BroadcastRun,
  counts: RunCounts,
): Promise<void> {
  const row = await ports.deliveries.get(progressId(run));
  if (!row) return announce(ports, run, counts);
  if (row.platform === 'telegram' && row.state === 'sent') await edit(ports, run, counts, row);
}

const progressId = (run: BroadcastRun) => `${run.id}.progress`;

async function announce(ports: ProgressPorts, run: BroadcastRun, counts: RunCounts): Promise<void> {
  const author = await ports.staff.get(run.authorId);
  if (!author) return;
  const isLive = author.contacts[0]?.platform === 'telegram';
  await notifyStaff(ports, {
    id: progressId(run),
    staff: author,
    text: isLive
      ? progressText(ports, run, counts)
      : { key: 'broadcast.progress.started', params: { title: run.title, total: totalOf(counts) } },
    lane: 'reminder',
    dueAtMs: ports.clock.nowMs(),
  });
}

async function edit(
  ports: ProgressPorts,
  run: BroadcastRun,
  counts: RunCounts,
  row: Delivery,
): Promise<void> {
  const [externalId] = row.sentParts;
  const channel = ports.channels[row.platform];
  if (externalId === undefined || !channel || row.target.kind !== 'chat') return;
  const known = lastEdits.get(ports.budget) ?? new Map<string, LastEdit>();
  lastEdits.set(ports.budget, known);
  const last = known.get(run.id);
  const text = ports.texts.render(progressText(ports, run, counts));
  const nowMs = ports.realNowMs();
  if (last && (last.text === text || nowMs - last.atMs < EDIT_EVERY_MS)) return;
  const { chat } = row.target;
  const slot = await ports.budget.take(chat, 'private', 'broadcast');
  if (slot.kind !== 'granted') return;
  known.set(run.id, { atMs: nowMs, text });
  await slot.ready();
  const answered = slot.calling('edit');
  const outcome = await channel.edit(chat, externalId, { text });
  answered();
  if (outcome.kind === 'retry' && outcome.why === 'rate-limited') {
    await ports.budget.penalise(chat.platform, chat.chatId, outcome.afterMs);
  }
}

function progressText(ports: ProgressPorts, run: BroadcastRun, counts: RunCounts): TextRef {
  const total = totalOf(counts);
  const open = counts.pending + counts.sending;
  const ended = total - open;
  const elapsedMs = Math.max(1_000, ports.clock.nowMs() - (run.startedAtMs ?? ports.clock.nowMs()));
  const perMinute = (ended * 60_000) / elapsedMs;
  const full = total === 0 ? BAR_LENGTH : Math.floor((ended / total) * BAR_LENGTH);
  const params = {
    title: run.title,
    bar: '▓'.repeat(full) + '░'.repeat(BAR_LENGTH - full),
    percent: total === 0 ? 100 : Math.floor((ended / total) * 100),
    sent: counts.sent,
    total,
    open,
    unknown: counts.unknown,
    failed: counts.gone + counts.rejected,
    perMinute: Math.round(perMinute),
  };
  if (open === 0) return { key: 'broadcast.progress.ended', params };
  if (ended === 0) return { key: 'broadcast.progress.begins', params };
  return { key: 'broadcast.progress.running', params: { ...params, minutes: Math.ceil(open / perMinute) } };
}

export function totalOf(counts: RunCounts): number {
  const { pending, sending, sent, unknown, gone, rejected, cancelled } = counts;
  return pending + sending + sent + unknown + gone + rejected + cancelled;
}
