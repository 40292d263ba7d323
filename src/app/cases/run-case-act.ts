import type { Effect } from '#src/domain/conversation/types.ts';
import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { acceptComplaint, makeComplex } from './accept-complaint.ts';
import { closeCase } from './close-case.ts';
import { mergeCase, refuseCase, reopenCase, transferCase } from './end-case.ts';
import { extendCase } from './extend-case.ts';
import { handOverCase } from './hand-over-case.ts';
import { proposeClosing } from './propose-closing.ts';
import { askResident, sayToResident } from './say-to-resident.ts';
import { takeCase } from './take-case.ts';
import { waitOutside } from './wait-outside.ts';

/** What an officer filled in, to the use case that does it. Throws when a form ended without a field of its own. */
export function runCaseAct(
  app: App,
  context: EffectContext,
  { caseId, act, values }: Extract<Effect, { kind: 'case-act' }>,
): Promise<void> {
  switch (act) {
    case 'take':
      return takeCase(app, context, caseId);
    case 'close':
      return closeCase(app, context, caseId);
    case 'say':
      return sayToResident(app, context, caseId, need(values.words));
    case 'ask':
      return askResident(app, context, caseId, need(values.words));
    case 'propose':
      return proposeClosing(app, context, caseId, need(values.words), need(values.evidence));
    case 'hand-over':
      return handOverCase(app, context, caseId, need(values.target), need(values.words));
    case 'wait-outside':
      return waitOutside(app, context, caseId, need(values.body), need(values.day));
    case 'extend':
      return extendCase(app, context, caseId, need(values.days), need(values.words));
    case 'accept':
      return acceptComplaint(app, context, caseId);
    case 'complex':
      return makeComplex(app, context, caseId, need(values.words));
    case 'transfer':
      return transferCase(app, context, caseId, need(values.body), need(values.ground));
    case 'refuse':
      return refuseCase(app, context, caseId, need(values.words), need(values.ground));
    case 'merge':
      return mergeCase(app, context, caseId, need(values.code));
    case 'reopen':
      return reopenCase(app, context, caseId, need(values.words));
  }
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a form of a case ended without one of its fields');
  return value;
}
