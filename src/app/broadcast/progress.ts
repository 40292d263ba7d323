import type { SendBudget } from '#src/app/ports/channel.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import { choiceButtons, withChoices } from '#src/domain/text/choices.ts';
import { type BroadcastRun, type RunCounts, totalOf } from '#src/domain/run.ts';
import { notifyStaff, wakeLane } from '../send/notify.ts';
import { controlPrompt } from './control-prompt.ts';
import { staffInCharge } from './in-charge.ts';
import type { BroadcastPorts } from './ports.ts';

/** An edit costs a slot that a message could have. */
const EDIT_EVERY_MS = 3_000;
const BAR_LENGTH = 12;

export type ProgressPorts = BroadcastPorts & {
  readonly budget: SendBudget;
  readonly realNowMs: () => number;
};

/** What this process last wrote into which message, so that the same words are not written again. */
const lastTexts = new WeakMap<SendBudget, Map<string, string>>();

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
  const isOpen = counts.pending + counts.sending > 0;
  if (isOpen && row.platform === 'telegram' && row.state === 'sent') await edit(ports, run, counts, row);
}

const progressId = (run: BroadcastRun) => `${run.id}.progress`;

/** The last word of the live message, without buttons: a row of the ledger, since after it nobody looks again. */
export async function closeProgress(
  ports: BroadcastPorts,
  run: BroadcastRun,
  counts: RunCounts,
): Promise<void> {
  const row = await ports.deliveries.get(progressId(run));
  const [messageId] = row?.sentParts ?? [];
  if (row?.target.kind !== 'chat' || row.platform !== 'telegram' || messageId === undefined) return;
  const { lane, platform, target } = row;
  await ports.deliveries.insert([
    {
      id: `${row.id}.end.${String(run.rev)}`,
      lane,
      platform,
      target,
      message: { text: ports.texts.render(progressText(ports, run, counts)) },
      edits: [messageId],
      sentTo: target.chat.chatId,
      state: 'pending',
      dueAtMs: ports.clock.nowMs(),
      sentParts: [],
      attempts: 0,
    },
  ]);
  await wakeLane(ports, platform, lane);
}

async function announce(ports: ProgressPorts, run: BroadcastRun, counts: RunCounts): Promise<void> {
  const author = await staffInCharge(ports, run);
  if (!author) return;
  const isLive = author.contacts[0]?.platform === 'telegram';
  await notifyStaff(ports, {
    id: progressId(run),
    staff: author,
    text: isLive
      ? progressText(ports, run, counts)
      : { key: 'broadcast.progress.started', params: { title: run.title, total: totalOf(counts) } },
    prompt: controlPrompt(ports, run, 'progress'),
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
  const known = lastTexts.get(ports.budget) ?? new Map<string, string>();
  lastTexts.set(ports.budget, known);
  const { id, choices } = controlPrompt(ports, run, 'progress');
  const text = withChoices(ports.texts.render(progressText(ports, run, counts)), choices);
  if (known.get(run.id) === text) return;
  const nowMs = ports.realNowMs();
  // The time of the last edit stands in the database: other processes edit the same message.
  if (!(await ports.deliveries.claimEdit(row.id, nowMs, nowMs - EDIT_EVERY_MS))) return;
  const { chat } = row.target;
  const slot = await ports.budget.take(chat, 'private', 'broadcast');
  if (slot.kind !== 'granted') return;
  known.set(run.id, text);
  const timing = slot.calling('edit');
  const message = { text, buttons: choiceButtons(id, choices) };
  const outcome = await channel.edit(chat, externalId, message, timing);
  timing.ended();
  if (outcome.kind === 'retry' && outcome.why === 'rate-limited') {
    await ports.budget.penalise(chat.platform, chat.chatId, outcome.afterMs);
  }
}

function progressText(ports: BroadcastPorts, run: BroadcastRun, counts: RunCounts): TextRef {
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
  if (run.state === 'paused') return { key: 'broadcast.progress.paused', params };
  if (open === 0) return { key: 'broadcast.progress.ended', params };
  if (ended === 0) return { key: 'broadcast.progress.begins', params };
  return { key: 'broadcast.progress.running', params: { ...params, minutes: Math.ceil(open / perMinute) } };
}
