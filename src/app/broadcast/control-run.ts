import type { PromptToOpen } from '#src/domain/outbound.ts';
import type { BroadcastRun, RunState } from '#src/domain/run.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { wakeLane } from '../send/notify.ts';
import { stateWords } from './state-words.ts';
import { mayControl, staffInCharge } from './in-charge.ts';
import { closeProgress } from './progress.ts';
import { answer, asker, audit, MAX_TRIES, type BroadcastPorts } from './ports.ts';
import { stopReadings } from './stop-readings.ts';

export type RunAction = 'pause' | 'resume' | 'cancel';

export interface Control {
  /** The record's id: the same order given twice is recorded once. */
  readonly id: string;
  readonly runId: string;
  readonly action: RunAction;
  readonly by: StaffMember;
  readonly reason: string;
}

export type Controlled =
  | { readonly kind: 'done'; readonly run: BroadcastRun }
  /** The run is in a state from which this does not lead anywhere. */
  | { readonly kind: 'too-late'; readonly run: BroadcastRun }
  | { readonly kind: 'unknown-run' | 'not-allowed' };

/**
 * Pauses a run, lets it go on, or stops it for good; written to the record with its reason. The state goes first, so that
 * senders notice within a second; what is under way still arrives. Safe to run twice.
 */
export async function controlRun(ports: BroadcastPorts, control: Control): Promise<Controlled> {
  const { runId, by, action } = control;
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(runId);
    if (!run) return { kind: 'unknown-run' };
    if (!mayControl(run, by) && (await staffInCharge(ports, run))?.id !== by.id) {
      return { kind: 'not-allowed' };
    }
    const state = stateAfter(run, action);
    if (state === null) return { kind: 'too-late', run };
    if (state !== run.state) {
      const change = state === 'cancelled' ? { state, finishedAtMs: ports.clock.nowMs() } : { state };
      if ((await ports.runs.update(run.id, run.rev, change)) === 'conflict') continue;
    }
    if (action === 'cancel') {
      await ports.deliveries.cancelRun(run.id);
      await closeProgress(ports, { ...run, state }, await ports.deliveries.counts(run.id));
    }
    if (action === 'resume')
      for (const one of ['telegram', 'zalo'] as const) await wakeLane(ports, one, 'broadcast');
    await ports.audit.record({
      id: control.id,
      atMs: ports.clock.nowMs(),
      by: by.id,
      action: AUDITED[action],
      subject: run.id,
      reason: control.reason,
    });
    return { kind: 'done', run: { ...run, state } };
  }
  throw new Error(`run ${runId} keeps changing`);
}

const AUDITED = { pause: 'run-paused', resume: 'run-resumed', cancel: 'run-cancelled' } as const;

const STATE = { pause: 'paused', cancel: 'cancelled' } as const;

/** The state that the action leads to, which may be the run's already; null where it leads nowhere. */
function stateAfter(run: BroadcastRun, action: RunAction): RunState | null {
  switch (run.state) {
    case 'scheduled':
    case 'sending':
      return action === 'resume' ? run.state : STATE[action];
    case 'paused':
      // Rows that are not all made yet are made on the way through `scheduled`.
      if (action === 'resume') return run.startedAtMs === null ? 'scheduled' : 'sending';
      return STATE[action];
    case 'draft':
    case 'returned':
    case 'submitted':
    case 'cancelled':
      return action === 'cancel' ? 'cancelled' : null;
    case 'done':
    case 'expired':
    case 'corrected':
      return null;
  }
}

/** The same from a button in chat. */
export async function controlFromChat(
  ports: BroadcastPorts,
  context: EffectContext,
  runId: string,
  action: RunAction,
): Promise<void> {
  const by = await asker(ports, context);
  if (!by) return answer(ports, context, { key: 'common.notAllowed' });
  if (action === 'cancel' && (await stopReadings(ports, context, runId))) return;
  const reason = ports.texts.render({ key: 'broadcast.control.byButton' });
  const controlled = await controlRun(ports, { id: context.id, runId, action, by, reason });
  switch (controlled.kind) {
    case 'unknown-run':
      return answer(ports, context, { key: 'broadcast.gone' });
    case 'not-allowed':
      return answer(ports, context, { key: 'common.notAllowed' });
    case 'too-late': {
      const { run } = controlled;
      const params = { title: run.title, state: stateWords(ports, run) };
      return answer(ports, context, { key: `broadcast.control.${action}TooLate`, params });
    }
    case 'done': {
      const { sent, sending, unknown } = await ports.deliveries.counts(runId);
      const params = { title: controlled.run.title, out: sent + sending + unknown };
      const prompt = action === 'resume' ? undefined : reasonPrompt(ports, context, runId, action);
      return answer(ports, context, { key: `broadcast.control.${action}`, params }, prompt);
    }
  }
}

/** Usual reasons, so that one number is enough. */
const REASONS = ['content', 'time', 'other-news', 'other'] as const;

/** Asked once the run is held: nothing goes out while somebody is typing. */
function reasonPrompt(
  { texts }: Pick<BroadcastPorts, 'texts'>,
  { id }: EffectContext,
  runId: string,
  action: 'pause' | 'cancel',
): PromptToOpen {
  const choices = REASONS.map((value, index) => ({
    number: String(index + 1),
    value,
    label: texts.render({ key: `broadcast.control.reason.${value}` }),
  }));
  return { id: `${id}.why`, subject: { kind: 'control-reason', runId, action }, choices };
}

/** Why a run was held or stopped goes to the record, under the name of whoever says so. Safe to run twice. */
export async function noteReason(
  ports: BroadcastPorts,
  context: EffectContext,
  { runId, action, reason }: Pick<Control, 'runId' | 'reason'> & { readonly action: 'pause' | 'cancel' },
): Promise<void> {
  const by = await asker(ports, context);
  if (!by) return answer(ports, context, { key: 'common.notAllowed' });
  await audit(ports, context, by, `${AUDITED[action]}-because`, runId, reason);
  return answer(ports, context, { key: 'broadcast.control.reasonNoted' });
}
