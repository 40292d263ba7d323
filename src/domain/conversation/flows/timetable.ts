import type { LocalDate } from '../../plan.ts';
import { hasRole, type Role } from '../../staff.ts';
import { parseWhen } from '../../text/parse-when.ts';
import { cancelChoice } from '../choices.ts';
import type { AnswerPrompt, Command, Flow } from '../flow.ts';
import type { Effect, StepContext, StepResult, TimetableSpan } from '../types.ts';
import type { MoveEntryState } from './timetable-state.ts';

/** Who may look at what goes out when; whether they may change one is for the effect to decide. */
const ROLES: readonly Role[] = ['editor', 'approver', 'leader', 'chairperson', 'admin'];

const only = (effect: Effect): StepResult => ({ flow: null, effects: [effect] });
const say = (key: string): StepResult => only({ kind: 'say', text: { key } });
const mayLook = ({ staff }: StepContext): boolean => staff !== null && hasRole(staff, ...ROLES);

export const timetableCommand: Command = {
  words: ['lich', 'lich phat', 'xem lich'],
  run(context) {
    if (context.staff === null) return null;
    return mayLook(context)
      ? only({ kind: 'show-timetable', span: 'week', day: null })
      : only({ kind: 'show-reminders' });
  },
};

/** Values: `entry:<id>`, `week:<day>`, `month:<day>`, series; of an entry edit, move, skip, drop, stop; of the series the id of one. */
export const timetablePrompts: AnswerPrompt = ({ subject }, value, context) => {
  switch (subject.kind) {
    case 'timetable':
      return mayLook(context) ? ofTimetable(value) : say('common.notAllowed');
    case 'series-list':
      return mayLook(context) ? only({ kind: 'show-series', seriesId: value }) : say('common.notAllowed');
    case 'entry':
      return mayLook(context) ? ofEntry(subject.entryId, value, context) : say('common.notAllowed');
    default:
      return null;
  }
};

function ofTimetable(value: string): StepResult {
  if (value === 'series') return only({ kind: 'list-series' });
  const at = value.indexOf(':');
  const [what, rest] = [value.slice(0, at), value.slice(at + 1)];
  if (what === 'entry') return only({ kind: 'show-entry', entryId: rest });
  const span: TimetableSpan = what === 'month' ? 'month' : 'week';
  const day: LocalDate = rest;
  return only({ kind: 'show-timetable', span, day });
}

function ofEntry(entryId: string, value: string, context: StepContext): StepResult | null {
  switch (value) {
    case 'move':
      return ask({ name: 'move-entry', version: 1, step: 'when', entryId }, context, 'timetable.move.ask');
    case 'skip':
      return only({ kind: 'skip-entry', entryId });
    case 'edit':
      return only({ kind: 'take-up', id: entryId });
    case 'drop':
      return only({ kind: 'cancel-run', runId: entryId });
    case 'stop':
      // The id of an occurrence is the series' and a day.
      return only({ kind: 'stop-series', seriesId: entryId.replace(/\.\d{8}$/u, '') });
    default:
      return null;
  }
}

/** To which day and hour one going-out is moved. */
export const moveEntryFlow: Flow<MoveEntryState> = {
  name: 'move-entry',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice') return say('timetable.move.cancelled');
    if (input.kind !== 'text') return ask(state, context, 'timetable.move.ask');
    const atMs = parseWhen(input.text, context.nowMs);
    if (atMs === null) return ask(state, context, 'timetable.move.unclear');
    if (atMs <= context.nowMs) return ask(state, context, 'timetable.move.past');
    return only({ kind: 'move-entry', entryId: state.entryId, atMs });
  },
};

function ask(state: MoveEntryState, context: StepContext, key: string): StepResult {
  return { flow: state, effects: [{ kind: 'say', text: { key }, choices: [cancelChoice(context)] }] };
}
