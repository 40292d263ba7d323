import type { CaseEffect } from '#src/domain/conversation/case-effects.ts';
import { correctCase } from '../cases/correct-case.ts';
import { createCase } from '../cases/create-case.ts';
import { hearResident } from '../cases/hear-resident.ts';
import { listCases, showOwnCase } from '../cases/list-cases.ts';
import { recordLetter } from '../cases/record-letter.ts';
import { runCaseAct } from '../cases/run-case-act.ts';
import { showCase } from '../cases/show-case.ts';
import { recordDenunciation } from '../denunciations/record-denunciation.ts';
import type { HandlersOf } from './handlers.ts';

/** What the steps around cases ask for. */
export const CASE_EFFECTS: HandlersOf<CaseEffect> = {
  'create-case': (app, context, effect) => createCase(app, context, effect.draft, effect),
  'list-cases': (app, context) => listCases(app, context),
  'case-act': (app, context, effect) => runCaseAct(app, context, effect),
  'case-view': (app, context, effect) => showCase(app, context, effect),
  'resident-act': (app, context, effect) => hearResident(app, context, effect),
  'my-case': (app, context, effect) => showOwnCase(app, context, effect),
  'correct-case': (app, context, effect) => correctCase(app, context, effect.caseId, effect.to),
  'record-letter': (app, context, effect) => recordLetter(app, context, effect.letter),
  'record-denunciation': (app, context, effect) => recordDenunciation(app, context, effect),
};
