import type { VisitToRegroup } from '#src/domain/conversation/inspection-effects.ts';
import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import { isHidden, isToBeTold } from '#src/domain/inspections/may-see.ts';
import { teamOf } from '#src/domain/inspections/team.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { withoutFullStop } from '#src/domain/text/without-full-stop.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { changeVisit } from './change-visit.ts';
import { takeBackFrom } from './take-back-notes.ts';
import { tellTeamAway } from './tell-team-away.ts';
import { visitPrompt } from './visit-card.ts';
import { noteId, visitParams, wordsFor } from './visit-words.ts';

/**
 * Sends another team to a visit, with a reason. Who goes now reads so where the team has heard of the visit already, else in
 * due course; who does not go any more, where they have heard. Safe to run twice.
 */
export async function regroupVisit(app: App, context: EffectContext, order: VisitToRegroup): Promise<void> {
  const words = await wordsFor(app);
  const { staff } = words;
  const { reason } = order;
  const team = teamOf(order.team, staff);
  const result = await changeVisit(app, context, order.visitId, { kind: 'regroup', team, reason });
  if (!result) return;
  const { visit, by } = result;
  const surprise = isHidden(visit) ? ` ${app.texts.render({ key: 'inspection.movedNews.surprise' })}` : '';
  const params = { ...visitParams(app, words, visit), reason: withoutFullStop(reason), surprise };
  const isOff = ({ id }: StaffMember): boolean =>
    teamBefore(visit, context.id).includes(id) && !visit.team.includes(id);
  const heard = await takeBackFrom(app, visit, staff.filter(isOff), context.id);
  const isTold = hasBeenSaid(visit, context.id);
  const others = staff.filter((one) => one.id !== by.id && isToBeTold(visit, one));
  const tell = (person: StaffMember, key: string) => tellTeam(app, context, visit, person, { key, params });
  for (const person of others) {
    const isReader = (isTold && visit.team.includes(person.id)) || person.id === visit.plannedById;
    if (isReader) await tell(person, 'inspection.regroupedTeam');
    else if (heard.has(person.id)) await tell(person, 'inspection.offTeam');
  }
  await replyText(app, context, { key: 'inspection.regrouped', params });
  await tellTeamAway(app, words, visit);
}

const teamBefore = ({ history }: Visit, orderId: string): readonly string[] =>
  history.find((entry) => entry.orderId === orderId)?.fromTeam ?? [];

/** Whether the team had heard of the visit when it was changed. */
const hasBeenSaid = ({ history }: Visit, orderId: string): boolean =>
  history
    .slice(
      0,
      history.findIndex((entry) => entry.orderId === orderId),
    )
    .some(({ action }) => action === 'announced' || action === 'opened');

async function tellTeam(
  app: App,
  context: EffectContext,
  visit: Visit,
  staff: StaffMember,
  { key, params }: { readonly key: string; readonly params: Readonly<Record<string, string | number>> },
): Promise<void> {
  const id = noteId(app, visit.id, 'regrouped', context.id, staff.id);
  const isInvolved = visit.team.includes(staff.id) || staff.id === visit.plannedById;
  await notifyStaff(app, {
    id,
    staff,
    text: { key, params: { ...params, ...personParams(staff) } },
    ...(isInvolved ? { prompt: visitPrompt(app, id, { visit, by: staff, leaderId: null }) } : {}),
    lane: 'reminder',
    dueAtMs: morningAfterNight(app.clock.nowMs()),
  });
}
