import { hasRole } from '../../staff.ts';
import type { Command } from '../flow.ts';
import { composeFlow, startCompose } from './compose/compose.ts';
import { returnCommentFlow } from './return-comment.ts';

export { broadcastPrompts } from './broadcast-prompts.ts';

export const broadcastFlows = { compose: composeFlow, returnComment: returnCommentFlow };

/** "Đăng tin": for editors. Other staff are told so; from a resident they are words like any other. */
export const broadcastCommands: readonly Command[] = [
  {
    words: ['dangtin', 'dang tin'],
    run(context) {
      if (context.staff === null) return null;
      return hasRole(context.staff, 'editor')
        ? startCompose(context)
        : { flow: null, effects: [{ kind: 'say', text: { key: 'common.notAllowed' } }] };
    },
  },
];
