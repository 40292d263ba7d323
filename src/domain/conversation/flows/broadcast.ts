import { hasRole, type Role } from '../../staff.ts';
import type { Command } from '../flow.ts';
import type { StepContext, StepResult } from '../types.ts';
import { composeFlow, startCompose } from './compose/compose.ts';
import { correctionFlow } from './correction.ts';
import { returnCommentFlow } from './return-comment.ts';
import { approvalsCommand } from './approvals.ts';
import { moveEntryFlow, timetableCommand } from './timetable.ts';
import { urgentCommand, urgentFlow } from './urgent.ts';

export { broadcastPrompts } from './broadcast-prompts.ts';

export const broadcastFlows = {
  compose: composeFlow,
  returnComment: returnCommentFlow,
  correction: correctionFlow,
  urgent: urgentFlow,
  moveEntry: moveEntryFlow,
};

const only =
  (...roles: readonly Role[]) =>
  (run: (context: StepContext) => StepResult): Command['run'] =>
  (context) => {
    if (context.staff === null) return null;
    return hasRole(context.staff, ...roles)
      ? run(context)
      : { flow: null, effects: [{ kind: 'say', text: { key: 'common.notAllowed' } }] };
  };

/** For editors. Other staff are told so; from a resident they are words like any other. */
const forEditors = only('editor');
const forThoseInCharge = only('editor', 'approver', 'leader', 'chairperson', 'admin');

export const broadcastCommands: readonly Command[] = [
  urgentCommand,
  timetableCommand,
  approvalsCommand,
  { words: ['dangtin', 'dang tin'], run: forEditors(startCompose) },
  {
    words: ['phu', 'dophu', 'do phu'],
    run: forThoseInCharge(() => ({ flow: null, effects: [{ kind: 'month-coverage', month: null }] })),
  },
  {
    words: ['dinhchinh', 'dinh chinh'],
    run: forEditors(() => ({ flow: null, effects: [{ kind: 'list-runs' }] })),
  },
  {
    words: ['baicuatoi', 'bai cua toi', 'nhap', 'ban nhap', 'bai nhap'],
    run: forEditors(() => ({ flow: null, effects: [{ kind: 'list-posts' }] })),
  },
  {
    words: ['rutdongy', 'rut dong y'],
    run: forEditors(() => ({ flow: null, effects: [{ kind: 'list-consents' }] })),
  },
];
