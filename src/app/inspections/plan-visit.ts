import type { VisitToPlan } from '#src/domain/conversation/inspection-effects.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import { planVisit, type VisitPlanned } from '#src/domain/inspections/plan-visit.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { recordVisit, teamRefusal } from './change-visit.ts';
import { chosenDay } from './chosen-day.ts';
import { tellTeamAway } from './tell-team-away.ts';
import { visitParams, type VisitWords, wordsFor } from './visit-words.ts';

/** Long enough that two never meet, short enough for the id of a duty. */
const ID_LENGTH = 16;

/** Plans a visit and says what holds. Run again under the same id it keeps the day that was drawn first. */
export async function planVisitFor(app: App, context: EffectContext, wanted: VisitToPlan): Promise<void> {
  const by = await app.staff.byChat(context.conversation.chat);
  if (!by) return replyText(app, context, { key: 'common.notAllowed' });
  const words = await wordsFor(app);
  const id = app.hash(`visit ${context.id}`).slice(-ID_LENGTH);
  const visit = (await app.visits.get(id)) ?? (await makeVisit(app, context, words, wanted, id, by));
  if (!visit) return;
  await recordVisit(app, visit);
  const key = visit.isAnnounced ? 'inspection.planned' : 'inspection.plannedSurprise';
  await replyText(app, context, { key, params: visitParams(app, words, visit) });
  await tellTeamAway(app, words, visit);
}

/** Null: refused, and told so. */
async function makeVisit(
  app: App,
  context: EffectContext,
  { plan, staff }: VisitWords,
  { inspectionKind: kind, ...wanted }: VisitToPlan,
  id: string,
  by: StaffMember,
): Promise<Visit | null> {
  const day = chosenDay(app, wanted.day);
  if (day === null) {
    await replyText(app, context, { key: 'inspection.refused.no-working-day' });
    return null;
  }
  const planned = planVisit({ ...wanted, id, kind, day }, by, plan, staff, app.calendar, app.clock.nowMs());
  if (planned.kind !== 'planned') {
    await replyText(app, context, refusalText(planned));
    return null;
  }
  await app.visits.open(planned.visit);
  // Another run of this effect may have been quicker: its day holds.
  return app.visits.get(id);
}

function refusalText(planned: Exclude<VisitPlanned, { readonly kind: 'planned' }>): TextRef {
  return planned.kind === 'no-team' || planned.kind === 'of-unit'
    ? teamRefusal(planned)
    : { key: `inspection.refused.${planned.kind}` };
}
