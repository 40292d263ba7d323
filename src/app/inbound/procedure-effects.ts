import type { ProcedureEffect } from '#src/domain/conversation/procedure-effects.ts';
import { recordFigures } from '../procedures/record-figures.ts';
import { showProcedures } from '../procedures/show-procedures.ts';
import type { HandlersOf } from './handlers.ts';

/** What the steps around the board of procedures ask for. */
export const PROCEDURE_EFFECTS: HandlersOf<ProcedureEffect> = {
  'show-procedures': (app, context) => showProcedures(app, context),
  'record-figures': (app, context, effect) => recordFigures(app, context, effect),
};
