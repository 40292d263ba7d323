import { boardOf, weekAskedBy } from '../../procedures/figures.ts';
import type { AnswerPrompt, Command } from '../flow.ts';
import { figuresForm } from '../forms/figures.form.ts';
import { startForm } from '../forms/form-flow.ts';
import type { StepContext, StepResult } from '../types.ts';

/** Only for staff of a ward that keeps a board; who may read it is for the effect to decide. */
export const proceduresCommand: Command = {
  words: ['hoso', 'ho so', 'bang ho so', 'ho so qua han', 'ghi ho so', 'ghihoso'],
  run: ({ staff, plan }) =>
    staff === null || plan.procedures === null
      ? null
      : { flow: null, effects: [{ kind: 'show-procedures' }] },
};

/** Below the board: the value of a choice is the Monday of a week to be written down. */
export const proceduresPrompt: AnswerPrompt = ({ subject }, week, context) =>
  subject.kind === 'procedures' ? startForm(figuresForm, context, { week }) : null;

/** "Đã làm xong" below what asks for a week's figures: they are what is to be done. Null: the duty is another. */
export function startFiguresOf(dutyId: string, context: StepContext): StepResult | null {
  const board = boardOf(context.plan);
  const week = board && weekAskedBy(board, dutyId);
  return week ? startForm(figuresForm, context, { week }) : null;
}
