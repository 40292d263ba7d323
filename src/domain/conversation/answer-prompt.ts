import { hasRole } from '../staff.ts';
import type { AnswerPrompt } from './flow.ts';
import { approvalsPrompt } from './flows/approvals.ts';
import { casePrompts } from './flows/case-prompts.ts';
import { broadcastPrompts } from './flows/broadcast.ts';
import { dutyPrompts } from './flows/duty.ts';
import { startForm } from './forms/form-flow.ts';
import { groupSetupForm } from './forms/group-setup.form.ts';
import { inspectionPrompts } from './flows/inspections.ts';
import { lockedPrompt } from './flows/locked.ts';
import { deputyPrompt } from './flows/leave.ts';
import { proceduresPrompt } from './flows/procedures.ts';
import { timetablePrompts } from './flows/timetable.ts';
import { startCallBack, startReport } from './flows/report.ts';
import type { Effect } from './types.ts';

const only = (effect: Effect) => ({ flow: null, effects: [effect] });

const menuPrompt: AnswerPrompt = (prompt, value, context) => {
  if (prompt.subject.kind !== 'menu') return null;
  switch (value) {
    case 'report':
      return startReport(context);
    case 'cases':
      return only({ kind: 'list-cases' });
    case 'call':
      return startCallBack(context);
    default:
      return only({ kind: 'say', text: { key: 'report.procedures' } });
  }
};

const groupPrompt: AnswerPrompt = (prompt, value, context) => {
  const { subject } = prompt;
  if (subject.kind !== 'group' || !context.staff || !hasRole(context.staff, 'admin')) return null;
  return value === 'confirm'
    ? startForm(groupSetupForm, context, { groupId: subject.groupId })
    : only({ kind: 'say', text: { key: 'group.left' } });
};

const channelPrompt: AnswerPrompt = ({ subject }, _value, context) => {
  if (subject.kind !== 'paused-channel') return null;
  return context.staff && hasRole(context.staff, 'admin')
    ? only({ kind: 'resume-channel', platform: subject.platform })
    : only({ kind: 'say', text: { key: 'common.notAllowed' } });
};

/** Hands an answer to whoever asked. */
export const answerPrompt: AnswerPrompt = (prompt, value, context) => {
  for (const answer of [
    menuPrompt,
    casePrompts,
    groupPrompt,
    channelPrompt,
    broadcastPrompts,
    timetablePrompts,
    approvalsPrompt,
    dutyPrompts,
    lockedPrompt,
    inspectionPrompts,
    proceduresPrompt,
    deputyPrompt,
  ]) {
    const result = answer(prompt, value, context);
    if (result) return result;
  }
  return null;
};
