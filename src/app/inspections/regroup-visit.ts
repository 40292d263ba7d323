import type { VisitToRegroup } from '#src/domain/conversation/inspection-effects.ts';
import { isHidden, isToBeTold } from '#src/domain/inspections/may-see.ts';
import { teamOf } from '#src/domain/inspections/team.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { withoutFullStop } from '#src/domain/text/without-full-stop.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { changeVisit } from './change-visit.ts';
import { takeBackFrom } from './take-back-notes.ts';
import { tellOfVisit } from './tell-of-visit.ts';
import { tellTeamAway } from './tell-team-away.ts';
import { visitParams, wordsFor } from './visit-words.ts';

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
  const said = ['regrouped', context.id];
  for (const person of others) {
    const isReader = (isTold && visit.team.includes(person.id)) || person.id === visit.plannedById;
    if (isReader)
      await tellOfVisit(app, words, visit, person, { said, key: 'inspection.regroupedTeam', params });
    else if (heard.has(person.id))
      await tellOfVisit(app, words, visit, person, {
        ...{ said, key: 'inspection.offTeam', params },
        isWithoutActs: true,
      });
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
