import { declareForm } from './form.ts';
import { checkVisitTeam, leadFirst, visitTeamSteps, whoMayGo } from './visit-team.ts';

/** Another team for a visit, and why. `about.visitId`, `about.unitId`: the unit that is looked at. */
export const regroupVisitForm = declareForm({
  name: 'regroup-visit',
  version: 1,
  steps: {
    reason: { kind: 'text', maxLength: 500 },
    ...visitTeamSteps((context, { unitId }) => whoMayGo(context, unitId, context.staff?.unitId)),
  },
  isReviewed: false,
  choosesPeople: true,
  mayFill: ({ staff }) => staff !== null,
  check: checkVisitTeam,
  finish: ({ reason, ...answers }, { visitId = '' }) => [
    { kind: 'inspection', order: { kind: 'regroup', visitId, team: leadFirst(answers), reason } },
  ],
});
