import type { Case, CaseHistoryEntry } from '#src/domain/case.ts';
import { explainDeadline } from '#src/domain/calendar/explain-deadline.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { mayHandle } from '#src/domain/cases/may-handle.ts';
import { listNumber } from '#src/domain/conversation/choices.ts';
import type { Effect, TextRef } from '#src/domain/conversation/types.ts';
import type { Choice } from '#src/domain/outbound.ts';
import type { Plan } from '#src/domain/plan.ts';
import { unitName } from '#src/domain/unit-name.ts';
import { maskPersonal } from '#src/domain/vietnamese/phone.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { shortDate } from '../present.ts';
import { notifyChat } from '../send/notify.ts';
import { cardParams, entryWords, officersOf } from './announce-case.ts';
import { countClock, planOf, ruleFor } from './case-law.ts';
import { categoryOf } from './create-case.ts';
import { newsWords } from './show-way.ts';
import { answerOfficer } from './tell-staff.ts';

/** A case for an officer: its card, what happened, how its date was counted, to whom it can go. */
export async function showCase(
  app: App,
  context: EffectContext,
  { caseId, view }: Extract<Effect, { kind: 'case-view' }>,
): Promise<void> {
  const officer = await app.staff.byChat(context.conversation.chat);
  const matter = await app.cases.get(caseId);
  if (!officer || !matter || !mayHandle(officer, matter)) {
    return replyText(app, context, { key: 'common.notAllowed' });
  }
  switch (view) {
    case 'card':
      return showCard(app, context, matter);
    case 'history':
      return showHistory(app, context, matter);
    case 'deadline':
      return answerOfficer(app, context, matter, {
        key: 'casework.deadline',
        params: { lines: deadlineLines(app, await planOf(app), matter) },
      });
    case 'colleagues':
      return showColleagues(app, context, matter, officer.id);
  }
}

async function showCard(app: App, context: EffectContext, matter: Case): Promise<void> {
  const category = await categoryOf(app, matter.categoryId);
  const handler = matter.handlerId === null ? null : await app.staff.get(matter.handlerId);
  await answerOfficer(app, context, matter, {
    key: 'casework.card',
    params: {
      ...cardParams(app, matter, category),
      state: app.texts.render({ key: `casework.state.${matter.state}` }),
      news: await newsWords(app, matter),
      handler: handler?.name ?? app.texts.render({ key: 'casework.nobody' }),
    },
  });
}

async function showHistory(app: App, context: EffectContext, matter: Case): Promise<void> {
  const people = new Map((await app.staff.list()).map((member) => [member.id, member.name]));
  const lines = matter.history.map((entry) => {
    const detail = detailOf(app, matter, entry);
    return app.texts.render({
      key: detail === '' ? 'casework.historyLineBare' : 'casework.historyLine',
      params: {
        day: shortDate(entry.atMs),
        who:
          people.get(entry.by) ??
          app.texts.render({ key: `casework.who.${entry.by === 'resident' ? 'resident' : 'system'}` }),
        what: app.texts.render({ key: `casework.past.${entry.action}` }),
        detail,
      },
    });
  });
  await answerOfficer(app, context, matter, { key: 'casework.history', params: { lines: lines.join('\n') } });
}

function detailOf(app: App, { entered }: Case, { action, actId, detail = '' }: CaseHistoryEntry): string {
  // Of an older release: it names the chat.
  if (action === 'corrected' && actId === undefined) return '';
  if (action === 'created' && entered) return entryWords(app, entered.way);
  if (action === 'rated') return app.texts.render({ key: `mycase.rating.${detail}` });
  return maskPersonal(detail);
}

/** How the date of a case came about, a sentence a line. */
export function deadlineLines(app: App, plan: Plan, { clock }: Case): string {
  const { counting } = plan;
  const rule = ruleFor(plan, clock.ruleId, clock.fromMs);
  const text = (ref: TextRef) => app.texts.render(ref);
  return explainDeadline(countClock(app, plan, clock), { rule, counting }, text).join('\n');
}

/** Colleagues of the unit first, then other units that handle cases. */
async function showColleagues(
  app: App,
  context: EffectContext,
  matter: Case,
  askerId: string,
): Promise<void> {
  const colleagues = (await officersOf(app, matter.unitId)).filter(({ id }) => id !== askerId);
  const today = localDateOf(app.clock.nowMs());
  const units = (await planOf(app)).units.filter(
    (unit) => unit.handlesCases && unit.active && unit.id !== matter.unitId,
  );
  const choices = [
    ...colleagues.map(({ id, name }) => ({ value: `staff:${id}`, label: name })),
    ...units.map((unit) => ({ value: `unit:${unit.id}`, label: unitName(unit, today) })),
  ].map((choice, index): Choice => ({ number: listNumber(index), ...choice }));
  await notifyChat(app, {
    id: context.id,
    chat: context.conversation.chat,
    text: { key: 'casework.toWhom', params: { code: matter.code } },
    prompt: { id: `${context.id}.pick`, subject: { kind: 'case-pick', caseId: matter.id }, choices },
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}
