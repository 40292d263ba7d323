import { localDateOf } from '../../calendar/local-time.ts';
import type { AnswerPrompt } from '../flow.ts';
import { parseLeave } from '../parse-leave.ts';
import type { Effect, StepContext, StepResult } from '../types.ts';

const only = (effect: Effect): StepResult => ({ flow: null, effects: [effect] });

/** What a member of staff says of being away; from a resident it is a word like any other. */
export function leaveCommand(words: string, context: StepContext): StepResult | null {
  if (!context.staff) return null;
  const said = parseLeave(words, localDateOf(context.nowMs));
  switch (said?.kind) {
    case 'leave':
      return only({ kind: 'take-leave', leave: { from: said.from, to: said.to } });
    case 'back':
      return only({ kind: 'take-leave', leave: null });
    case 'list':
      return only({ kind: 'list-leave' });
    case 'unclear':
      return only({ kind: 'say', text: { key: 'absence.unclear' } });
    case undefined:
      return null;
  }
}

/** The value is the id of who stands in. */
export const deputyPrompt: AnswerPrompt = ({ subject }, value, context) =>
  subject.kind === 'deputy' && context.staff ? only({ kind: 'choose-deputy', deputyId: value }) : null;
