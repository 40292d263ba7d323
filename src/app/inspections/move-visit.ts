import type { VisitToMove } from '#src/domain/conversation/inspection-effects.ts';
import { isHidden, isOfInspected, isToBeTold } from '#src/domain/inspections/may-see.ts';
import { noticesAfterMove } from '#src/domain/inspections/notices.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { withoutFullStop } from '#src/domain/text/without-full-stop.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams, presentDay, shortDate } from '../present.ts';
import { changeVisit, type SeenVisit, seeVisit } from './change-visit.ts';
import { chosenDay } from './chosen-day.ts';
import { moveRound, type RoundMoved } from './move-round.ts';
import { takeBackNotes } from './take-back-notes.ts';
import { tellOfVisit } from './tell-of-visit.ts';
import { tellTeamAway } from './tell-team-away.ts';
import { unitHead } from './tick-visits.ts';
import { noon, visitParams, type VisitWords, wordsFor } from './visit-words.ts';

type Params = Readonly<Record<string, string | number>>;

/**
 * Gives a visit that has not begun another day, with a reason, which the team and whoever planned it read, and the head of the
 * unit where they know of it or should by now. What waits to be said of the old day does not go out. Safe to run twice.
 */
export async function moveVisit(app: App, context: EffectContext, order: VisitToMove): Promise<void> {
  const seen = await seeVisit(app, context, order.visitId);
  if (!seen) return;
  const words = await wordsFor(app);
  const day = dayFor(app, context, seen, order);
  if (day === null) return replyText(app, context, { key: 'inspection.noOtherWorkingDay' });
  const rule = words.plan.inspections.find(({ id }) => id === seen.visit.ruleId) ?? { schedule: null };
  const dated = { day, isAnnounced: seen.visit.isAnnounced };
  const { notices, isDue } = noticesAfterMove(rule, dated, app.calendar, app.clock.nowMs());
  const { reason } = order;
  const result = await changeVisit(app, context, order.visitId, { kind: 'move', day, notices, reason });
  if (!result) return;
  const { visit, by } = result;
  const from = visit.history.find(({ orderId }) => orderId === context.id)?.from ?? visit.day;
  const news = await whomToTell(app, context, words, visit, isDue);
  const readers = [...news.team, ...(news.head ? [news.head] : [])];
  const heard = new Set([by.id, ...readers.map(({ id }) => id)]);
  const round = await moveRound(app, { id: context.id, visit, from, reason, by }, heard);
  const params = {
    ...visitParams(app, words, visit),
    ...fromParams(app, from),
    reason: withoutFullStop(reason),
  };
  for (const person of readers.filter(({ id }) => id !== by.id))
    await tellOfVisit(app, words, visit, person, {
      said: ['moved', context.id],
      key: news.isNewToHead && person === news.head ? 'inspection.announce' : 'inspection.movedTeam',
      params: { ...params, told: news.told(person) },
    });
  await replyText(app, context, {
    key: 'inspection.moved',
    params: { ...params, told: news.told(by), round: roundWords(app, params, round) },
  });
  await tellTeamAway(app, words, visit);
}

/** The day that was drawn first stays, however often the order runs. */
function dayFor(app: App, { id }: EffectContext, { visit }: SeenVisit, order: VisitToMove): LocalDate | null {
  const isMoved = visit.history.some(({ orderId }) => orderId === id);
  return isMoved ? visit.day : chosenDay(app, order.day, visit.day);
}

interface News {
  readonly team: readonly StaffMember[];
  /** Of the unit, where they hear of it now: of a change, or of the visit for the first time. */
  readonly head: StaffMember | null;
  readonly isNewToHead: boolean;
  /** What the inspectors read of that; begins with a space, or is empty. */
  readonly told: (reader: StaffMember) => string;
}

async function whomToTell(
  app: App,
  { id }: EffectContext,
  words: VisitWords,
  visit: Visit,
  isDue: boolean,
): Promise<News> {
  const heard = await takeBackNotes(app, visit, words, id);
  const team = words.staff.filter(
    (one) => (visit.team.includes(one.id) || one.id === visit.plannedById) && isToBeTold(visit, one),
  );
  const sentence = (key: string) => (reader: StaffMember) =>
    isOfInspected(visit, reader)
      ? ''
      : ` ${app.texts.render({
          key: `inspection.movedNews.${key}`,
          params: { ...visitParams(app, words, visit), ...personParams(reader) },
        })}`;
  const none = { team, head: null, isNewToHead: false };
  if (isHidden(visit)) return { ...none, told: sentence('surprise') };
  const head = unitHead(words.staff, visit);
  const isNewToHead = head !== null && !heard.has(head.id);
  if (head && (isDue || !isNewToHead)) return { team, head, isNewToHead, told: sentence('told') };
  return { ...none, told: sentence(isDue ? 'nobody' : 'later') };
}

function fromParams({ texts }: App, from: LocalDate): Params {
  const { weekday, date } = presentDay(texts, noon(from));
  return { fromWeekday: weekday, fromDate: date };
}

function roundWords({ texts }: App, params: Params, moved: RoundMoved): string {
  if (!moved) return '';
  const key = moved.kind === 'moved' ? 'inspection.movedRound' : 'inspection.movedRoundStays';
  return ` ${texts.render({ key, params: { ...params, roundDate: shortDate(moved.round.dueAtMs) } })}`;
}
