import type { Channel, FetchedFile } from '#src/app/ports/channel.ts';
import type { DeliveryResult } from '#src/app/ports/deliveries.ts';
import type { Destination } from '#src/domain/destination.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { Delivery, SendOutcome } from '#src/domain/outbound.ts';
import type { Applied } from './apply-outcome.ts';
import { postInstead } from './edit-outcome.ts';
import { backToPending } from './lease-feed.ts';
import { openPrompt } from './open-prompt.ts';
import type { SendPorts } from './ports.ts';
import { chatKindOf, prepare, type Prepared } from './prepare.ts';
import type { Gate } from './run-gate.ts';
import type { ChatKind, HeldSlot, Slot } from './slots.ts';

const BUSY_MS = 1_000;
/** What is written down before a call is begun so long before its slot: a crash then leaves little uncertain. */
const WRITE_AHEAD_MS = 60;
/** How soon a notice looks again whether the form in its chat is done. */
const IN_FORM_MS = 5_000;

/** What the rows of one run of a lane share. */
export interface LaneRun {
  readonly ports: SendPorts;
  readonly channel: Channel;
  readonly stop: AbortSignal;
  readonly gate: (runId: string) => Promise<Gate>;
  /** A held run: its rows are not looked at again before the next run of the lane. */
  readonly skipRun: (runId: string) => Promise<void>;
  /** Rows under way whose call has begun: if something breaks now, it is not known what came of them. */
  readonly called: Set<string>;
  /** Micro-batched. */
  readonly destination: (id: string) => Promise<Destination | null>;
  readonly medium: (id: string) => Promise<FetchedFile | null>;
  readonly locked: (handle: string) => Promise<string | null>;
  readonly takeSlot: (chat: ChatRef, kind: ChatKind) => Promise<Slot>;
  /** Writes `sending`; false when the row is no longer ours. Micro-batched. */
  readonly claim: (id: string) => Promise<boolean>;
  /** Stores an outcome; micro-batched. */
  readonly settle: (result: DeliveryResult) => Promise<void>;
  readonly applyOutcome: (
    row: Delivery,
    chat: ChatRef,
    outcome: SendOutcome,
    isLast: boolean,
  ) => Promise<Applied>;
  /** Ends this run of the lane: it comes back after so many milliseconds, or when a person set it going (null). */
  readonly rest: (afterMs: number | null) => void;
}

export type RowEnd = 'sent' | 'continues' | 'other';
type Call = Extract<Prepared, { kind: 'call' }>;

/**
 * Takes one leased row as far as one platform call: slot, question registered, `sending` written, call, outcome stored.
 * Every way out settles the row, unless it was no longer ours. Throws for broken infrastructure.
 */
export async function sendRow(run: LaneRun, row: Delivery): Promise<RowEnd> {
  const nowMs = () => run.ports.clock.nowMs();
  const prepared = await prepare({ ...run, nowMs }, run.channel, row);
  if (prepared.kind === 'end') return end(run, row, prepared);
  if (prepared.kind === 'hold') return hold(run, row);
  if (prepared.kind === 'post-instead') {
    await run.settle(postInstead(row, 'edit-moved'));
    return 'other';
  }

  const slot = await run.takeSlot(prepared.chat, prepared.chatKind);
  if (slot.kind === 'later') {
    if (slot.scope === 'bot') run.rest(slot.afterMs);
    return putBack(run, row, nowMs() + slot.afterMs);
  }
  try {
    return await useSlot(run, row, prepared, slot);
  } finally {
    slot.release();
  }
}

async function useSlot(run: LaneRun, row: Delivery, prepared: Call, slot: HeldSlot): Promise<RowEnd> {
  const nowMs = () => run.ports.clock.nowMs();
  if (run.stop.aborted) return putBack(run, row, row.dueAtMs);
  await slot.ready(WRITE_AHEAD_MS);
  // Asked again: the wait for the slot may have been long enough to cancel in.
  const gate = row.runId === undefined ? null : await run.gate(row.runId);
  if (gate?.kind === 'hold') return hold(run, row);
  if (gate?.kind === 'cancelled') {
    return end(run, row, { kind: 'end', state: 'cancelled', detail: 'run-cancelled' });
  }
  if (row.prompt && prepared.isFirst) {
    // An answer to the person's own words never waits: what follows it in the chat would wait behind it.
    const opened = await openPrompt(run.ports, prepared.chat, row.prompt, row.lane === 'reply');
    if (opened === 'busy') return putBack(run, row, nowMs() + BUSY_MS);
    if (opened === 'in-form') return putBack(run, row, nowMs() + IN_FORM_MS);
  }
  if (!(await run.claim(row.id))) return 'other';
  return call(run, row, prepared, slot);
}

async function call(run: LaneRun, row: Delivery, prepared: Call, slot: HeldSlot): Promise<RowEnd> {
  let { chat } = prepared;
  run.called.add(row.id);
  let outcome = await callIn(slot, run.channel, prepared, chat);
  if (outcome.kind === 'moved' && row.target.kind === 'chat' && prepared.editId === null) {
    // No destination of ours remembers the new chat for this row, and nothing was delivered: it goes there at once.
    await run.applyOutcome(row, chat, outcome, prepared.isLast);
    const moved = { ...chat, chatId: outcome.toChatId };
    const next = await run.takeSlot(moved, chatKindOf(moved));
    if (next.kind === 'later') return putBack(run, row, run.ports.clock.nowMs() + next.afterMs);
    chat = moved;
    outcome = await callIn(next, run.channel, prepared, chat);
  }
  const applied = await run.applyOutcome(row, chat, outcome, prepared.isLast);
  await run.settle(applied.result);
  if (applied.lane === 'paused') run.rest(null);
  else if (applied.lane !== 'go-on') run.rest(applied.lane);
  if (outcome.kind !== 'sent') return 'other';
  return prepared.isLast ? 'sent' : 'continues';
}

async function callIn(slot: HeldSlot, channel: Channel, prepared: Call, chat: ChatRef): Promise<SendOutcome> {
  const { part, media, editId } = prepared;
  const timing = slot.calling(wayOf(prepared));
  slot.release();
  const outcome = await (editId === null
    ? channel.send(chat, part, media, timing)
    : channel.edit(chat, editId, part, timing));
  timing.ended();
  return outcome;
}

/** Calls of one way take about equally long. */
function wayOf({ part, media, editId }: Call): string {
  if (editId !== null) return 'edit';
  if (media.length === 0) return 'text';
  if (part.photoIds === undefined) return 'document';
  return media.length > 1 ? 'album' : 'photo';
}

async function end(run: LaneRun, row: Delivery, ending: Extract<Prepared, { kind: 'end' }>): Promise<RowEnd> {
  await run.settle({ id: row.id, state: ending.state, detail: ending.detail });
  return 'other';
}

/** The row stays due, so that resuming need not touch it; this run of the lane leaves its kind alone from now on. */
async function hold(run: LaneRun, row: Delivery): Promise<RowEnd> {
  await putBack(run, row, row.dueAtMs);
  if (row.runId !== undefined) await run.skipRun(row.runId);
  return 'other';
}

async function putBack(run: LaneRun, row: Delivery, dueAtMs: number): Promise<RowEnd> {
  await run.settle({ ...backToPending(row), dueAtMs });
  return 'other';
}
