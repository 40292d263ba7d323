import type { TextRef } from '#src/domain/conversation/types.ts';
import type { Delivery, DeliveryState } from '#src/domain/outbound.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { wakeLane } from '../send/notify.ts';
import { askUnknown } from './ask-unknown.ts';
import { answer, asker, MAX_TRIES, type BroadcastPorts } from './ports.ts';

/** A person looked: `seen` closes the row as sent, otherwise it goes out once more. Safe to run twice. */
export async function settleUnknown(
  ports: BroadcastPorts,
  context: EffectContext,
  deliveryId: string,
  seen: boolean,
): Promise<void> {
  const by = await asker(ports, context);
  if (!by) return answer(ports, context, { key: 'common.notAllowed' });
  // Our answer in the chat marks an effect that has run: a row that is unknown anew needs a person's word anew.
  const hasRun = (await ports.deliveries.get(context.id)) !== null;
  const settled = await settleDelivery(ports, { id: context.id, deliveryId, by, seen, hasRun });
  await answer(ports, context, answerTo(settled, seen));
  if (settled.kind === 'settled' || settled.kind === 'not-unknown') await askUnknown(ports, settled.run);
}

function answerTo(settled: Settled, seen: boolean): TextRef {
  switch (settled.kind) {
    case 'gone':
      return { key: 'broadcast.gone' };
    case 'not-allowed':
      return { key: 'common.notAllowed' };
    case 'corrected':
      return { key: 'broadcast.unknown.corrected', params: { title: settled.run.title } };
    case 'settled':
    case 'not-unknown':
      return seen ? { key: 'broadcast.unknown.thanks' } : { key: 'broadcast.unknown.goesAgain' };
  }
}

export interface Settlement {
  /** The record's id: the same word given twice is recorded once. */
  readonly id: string;
  readonly deliveryId: string;
  readonly by: StaffMember;
  readonly seen: boolean;
  /** Of an effect, which may run twice: whether the word was carried out before, so that only what follows is made good. */
  readonly hasRun?: boolean;
}

export type Settled =
  | { readonly kind: 'gone' | 'not-allowed' }
  /** The wrong text goes nowhere any more; its correction goes to this chat in any case. */
  | { readonly kind: 'corrected'; readonly run: BroadcastRun }
  | { readonly kind: 'settled'; readonly run: BroadcastRun }
  /** Somebody was faster. */
  | { readonly kind: 'not-unknown'; readonly run: BroadcastRun; readonly state: DeliveryState };

/** The same without a chat. */
export async function settleDelivery(ports: BroadcastPorts, settlement: Settlement): Promise<Settled> {
  const { by, seen } = settlement;
  const row = await ports.deliveries.get(settlement.deliveryId);
  const run = row?.runId === undefined ? null : await ports.runs.get(row.runId);
  if (!row || !run) return { kind: 'gone' };
  if (!maySettle(run, by)) return { kind: 'not-allowed' };
  if (!seen && run.state === 'corrected') return { kind: 'corrected', run };
  const isUnknown = row.state === 'unknown';
  if (!isUnknown && settlement.hasRun === undefined) return { kind: 'not-unknown', run, state: row.state };
  if (isUnknown && settlement.hasRun !== true) await settle(ports, row, seen);
  await ports.audit.record({
    id: settlement.id,
    atMs: ports.clock.nowMs(),
    by: by.id,
    action: seen ? 'delivery-seen' : 'delivery-again',
    subject: row.id,
  });
  if (!seen) await wakeLane(ports, row.platform, row.lane);
  return { kind: 'settled', run };
}

async function settle(ports: BroadcastPorts, row: Delivery, seen: boolean): Promise<void> {
  if (!seen && row.runId !== undefined) await reopen(ports, row.runId);
  const to = seen
    ? ({ state: 'sent' } as const)
    : ({ state: 'pending', dueAtMs: ports.clock.nowMs() } as const);
  await ports.deliveries.change(row.id, ['unknown'], to);
}

function maySettle(run: BroadcastRun, member: StaffMember): boolean {
  return (
    member.id === run.authorId || hasRole(member, 'editor', 'approver', 'leader', 'chairperson', 'admin')
  );
}

/** A finished run with a row to send is under way again, so that it is summed up again. */
async function reopen(ports: BroadcastPorts, runId: string): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(runId);
    if (run?.state !== 'done') return;
    const change = { state: 'sending', finishedAtMs: null } as const;
    if ((await ports.runs.update(run.id, run.rev, change)) === 'saved') return;
  }
  throw new Error(`run ${runId} keeps changing`);
}
