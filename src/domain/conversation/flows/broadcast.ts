import { hasRole } from '../../staff.ts';
import type { Command } from '../flow.ts';
import { composeFlow, startCompose } from './compose.ts';
import { returnCommentFlow } from './return-comment.ts';

export { broadcastPrompts } from './broadcast-prompts.ts';

export const broadcastFlows = { compose: composeFlow, returnComment: returnCommentFlow } as const;

/** `/dangtin`, never `/phat`: that reads as a fine. */
export const broadcastCommands: readonly Command[] = [
  {
    words: ['dangtin', 'dang tin'],
    run: (context) => (context.staff && hasRole(context.staff, 'editor') ? startCompose(context) : null),
  },
];
