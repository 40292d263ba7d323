import type { AnswerPrompt } from '../flow.ts';
import type { Effect, StepResult } from '../types.ts';
import { startReturnComment } from './return-comment.ts';

const APPROVE = /^approve:(.+)$/u;

/**
 * Answers to what the broadcast asks outside any form. Whether this person may is decided where the change is made,
 * since rights can have changed since the question was put.
 */
export const broadcastPrompts: AnswerPrompt = (prompt, value, context) => {
  const { subject } = prompt;
  switch (subject.kind) {
    case 'approval': {
      const contentHash = APPROVE.exec(value)?.[1];
      return contentHash === undefined
        ? startReturnComment(subject.runId, context)
        : only({ kind: 'approve-run', runId: subject.runId, contentHash });
    }
    case 'run':
      return value === 'cancel' ? only({ kind: 'cancel-run', runId: subject.runId }) : null;
    case 'relay':
      return only({ kind: 'mark-relayed', deliveryId: subject.deliveryId });
    case 'loudspeaker':
      return only({ kind: 'mark-read-aloud', deliveryId: subject.deliveryId });
    case 'unknown-delivery':
      return only({ kind: 'settle-unknown', deliveryId: subject.deliveryId, seen: value === 'seen' });
    case 'flow':
    case 'menu':
    case 'duty':
    case 'case-card':
    case 'case-rating':
    case 'group':
      return null;
  }
};

function only(effect: Effect): StepResult {
  return { flow: null, effects: [effect] };
}
