import type { Duty } from '#src/domain/duty.ts';
import { isToBeTold } from '#src/domain/inspections/may-see.ts';
import { leftToLookAt, type Visit } from '#src/domain/inspections/visit.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { mention } from '../duties/present-duty.ts';
import { answer, type EffectContext, reply, replyText } from '../inbound/reply.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { changeVisit, seeVisit } from './change-visit.ts';
import { keepMinutes } from './draw-minutes.ts';
import { openFindingDuties } from './finding-duties.ts';
import { settleRound } from './settle-round.ts';
import { unitHead } from './tick-visits.ts';
import { promptOf } from './visit-card.ts';
import { noteId, visitParams, type VisitWords, wordsFor } from './visit-words.ts';

/**
 * Ends a visit: what has a term becomes a duty, the minutes are drawn and go to the team, to the head of the inspectors, the
 * chairperson and the head of the unit. Only now does the unit learn of one that came by surprise. Idempotent.
 */
export async function closeVisit(
  app: App,
  context: EffectContext,
  { visitId, isSure }: { readonly visitId: string; readonly isSure: boolean },
): Promise<void> {
  if (!isSure && (await isAsked(app, context, visitId))) return;
  const result = await changeVisit(app, context, visitId, { kind: 'close' });
  if (!result) return;
  const { visit, by } = result;
  const words = await wordsFor(app);
  const duties = await openFindingDuties(app, visit, words.staff, by);
  const params = { ...visitParams(app, words, visit), opened: openedText(app, words, duties) };
  await replyText(app, context, { key: 'inspection.closed', params });
  const documentId = await keepMinutes(app, words, visit);
  await settleRound(app, context, visit, by);
  for (const [person, key] of readersOf(words.staff, visit))
    await notifyStaff(app, {
      id: noteId(app, visit.id, 'minutes', person.id),
      staff: person,
      text: { key, params: { ...params, ...personParams(person) } },
      documentId,
      lane: 'reminder',
      dueAtMs: app.clock.nowMs(),
    });
}

/** Something was not looked at: whether to close all the same. Also true where nothing was answered because nobody may. */
async function isAsked(app: App, context: EffectContext, visitId: string): Promise<boolean> {
  const seen = await seeVisit(app, context, visitId);
  if (!seen) return true;
  const left = leftToLookAt(seen.visit).length;
  if (seen.visit.state !== 'open' || left === 0) return false;
  const prompt = promptOf(app.texts, `${context.id}.close`, visitId, ['close-sure', 'ask', 'show']);
  await answer(app, context, { key: 'inspection.askClose', params: { count: left } }, prompt);
  return true;
}

function openedText({ texts }: App, { staff }: VisitWords, duties: readonly Duty[]): string {
  if (duties.length === 0) return texts.render({ key: 'inspection.closedNothing' });
  const responsible = staff.find(({ id }) => id === duties[0]?.responsibleId) ?? null;
  const params = { count: duties.length, who: mention(texts, responsible) };
  return texts.render({ key: 'inspection.closedDuties', params });
}

function readersOf(staff: readonly StaffMember[], visit: Visit): readonly (readonly [StaffMember, string])[] {
  const head = unitHead(staff, visit);
  const isReader = (one: StaffMember): boolean =>
    visit.team.includes(one.id) ||
    one.id === visit.plannedById ||
    (one.unitId === visit.inspectorUnitId && hasRole(one, 'leader'));
  return [
    ...staff
      .filter((one) => isToBeTold(visit, one) && (isReader(one) || hasRole(one, 'chairperson')))
      .map(
        (one) => [one, isReader(one) ? 'inspection.minutesFor' : 'inspection.minutesForChairperson'] as const,
      ),
    ...(head ? [[head, 'inspection.minutesForUnit'] as const] : []),
  ];
}

/** The minutes again, for whoever may see the visit. */
export async function sendMinutes(app: App, context: EffectContext, visitId: string): Promise<void> {
  const seen = await seeVisit(app, context, visitId);
  if (!seen) return;
  const { visit, by } = seen;
  if (visit.state !== 'closed') return replyText(app, context, { key: 'inspection.notOpen' });
  const words = await wordsFor(app);
  const params = { ...visitParams(app, words, visit), ...personParams(by) };
  await reply(app, context, {
    text: app.texts.render({ key: 'inspection.minutesFor', params }),
    documentId: await keepMinutes(app, words, visit),
  });
}
