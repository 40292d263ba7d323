import { ANSWER_ROWS } from '../../outbound.ts';
import type { Role } from '../../staff.ts';
import { hasRole } from '../../staff.ts';
import type { AnswerPrompt } from '../flow.ts';
import type { Effect, StepContext, StepResult } from '../types.ts';
import { controlReasonForm } from '../forms/control-reason.form.ts';
import { startForm } from '../forms/form-flow.ts';
import { startCorrection } from './correction.ts';
import { startReturnComment } from './return-comment.ts';

/** Who may stop a run or say what became of a message. An author is an editor. */
const IN_CHARGE: readonly Role[] = ['editor', 'approver', 'leader', 'chairperson', 'admin'];

/**
 * Answers to what the broadcasts ask. The values are a contract with those who put the questions: approval approve |
 * return | show; relay done; meeting said | not-said; loudspeaker read |
 * not-read; unknown-delivery seen | resend; run cancel | send-today | pause | resume | correct | edit | coverage | scripts; run-list
 * the id of a run; own-posts that of a run or a series; consents the id of a run or a series; scripts a delivery's id. Whether an approver may approve this
 * very post is for the effect to decide, which knows the author.
 */
export const broadcastPrompts: AnswerPrompt = ({ subject }, value, context) => {
  switch (subject.kind) {
    case 'approval':
      return allowed(context, ['approver'], approval(subject, value, context));
    case 'relay':
      return value === 'done' ? only({ kind: 'mark-relayed', deliveryId: subject.deliveryId }) : null;
    case 'meeting':
      if (value === 'not-said') return only({ kind: 'say', text: { key: 'spoken.notSaidThanks' } });
      return value === 'said' ? only({ kind: 'mark-said', deliveryId: subject.deliveryId }) : null;
    case 'loudspeaker':
      if (value === 'not-read')
        return only({ kind: 'say', text: { key: 'broadcast.loudspeaker.notReadThanks' } });
      return value === 'read' ? only({ kind: 'mark-read-aloud', deliveryId: subject.deliveryId }) : null;
    case 'scripts':
      return allowed(context, ['editor', 'admin'], only({ kind: 'mark-read-aloud', deliveryId: value }));
    case 'unknown-delivery':
      return allowed(context, whoSettles(subject.deliveryId), unknownDelivery(subject.deliveryId, value));
    case 'run':
      return allowed(context, IN_CHARGE, ofRun(subject.runId, value, context));
    case 'control-reason':
      return allowed(context, IN_CHARGE, controlReason(subject, value, context));
    case 'consents':
      return allowed(context, ['editor'], only({ kind: 'withdraw-consent', runId: value }));
    case 'coverage-month':
      return allowed(context, IN_CHARGE, only({ kind: 'month-coverage', month: value }));
    case 'own-posts':
      return allowed(context, ['editor'], only({ kind: 'show-entry', entryId: value }));
    case 'run-list':
      return startCorrection(value, context);
    default:
      return null;
  }
};

/** A usual reason by its number, or words of one's own. */
function controlReason(
  { runId, action }: { readonly runId: string; readonly action: 'pause' | 'cancel' },
  value: string,
  context: StepContext,
): StepResult {
  if (value === 'other') return startForm(controlReasonForm, context, { runId, action });
  const reason = context.text({ key: `broadcast.control.reason.${value}` });
  return only({ kind: 'note-reason', runId, action, reason });
}

function approval(
  { runId, contentHash }: { readonly runId: string; readonly contentHash: string },
  value: string,
  context: StepContext,
): StepResult | null {
  if (value === 'approve') return only({ kind: 'approve-run', runId, contentHash });
  if (value === 'show') return { ...only({ kind: 'show-renderings', id: runId }), keepsPrompt: true };
  return value === 'return' ? startReturnComment({ runId, contentHash }, context) : null;
}

function ofRun(runId: string, value: string, context: StepContext): StepResult | null {
  switch (value) {
    case 'cancel':
    case 'drop':
      return only({ kind: 'cancel-run', runId });
    case 'stop-series':
      return only({ kind: 'stop-series', seriesId: runId });
    case 'send-today':
      return only({ kind: 'send-today', runId });
    case 'pause':
    case 'resume':
      return only({ kind: 'control-run', runId, action: value });
    case 'coverage':
      return only({ kind: 'run-coverage', runId });
    case 'scripts':
      return only({ kind: 'list-scripts', runId });
    case 'correct':
      return startCorrection(runId, context);
    case 'edit':
      return only({ kind: 'take-up', id: runId });
    default:
      return null;
  }
}

function unknownDelivery(deliveryId: string, value: string): StepResult | null {
  if (value !== 'seen' && value !== 'resend') return null;
  return only({ kind: 'settle-unknown', deliveryId, seen: value === 'seen' });
}

const only = (effect: Effect): StepResult => ({ flow: null, effects: [effect] });

/** The answer to a case is its handlers' own; whether it is of their unit is for the effect to decide. */
const whoSettles = (deliveryId: string): readonly Role[] =>
  deliveryId.startsWith(ANSWER_ROWS) ? [...IN_CHARGE, 'handler'] : IN_CHARGE;

/** Roles are those of today: a question put before a role was taken away is answered kindly, and nothing happens. */
function allowed(context: StepContext, roles: readonly Role[], result: StepResult | null): StepResult | null {
  if (result === null || (context.staff !== null && hasRole(context.staff, ...roles))) return result;
  return only({ kind: 'say', text: { key: 'common.notAllowed' } });
}
