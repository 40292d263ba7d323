import { addDays, localDateOf } from '#src/domain/calendar/local-time.ts';
import { listNumber } from '#src/domain/conversation/choices.ts';
import { VISIT } from '#src/domain/conversation/flows/inspections.ts';
import { isHidden, maySeeVisit, rulesToPlan } from '#src/domain/inspections/may-see.ts';
import { isUnderWay, type Visit } from '#src/domain/inspections/visit.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { notifyChat } from '../send/notify.ts';
import { visitParams, type VisitWords, wordsFor } from './visit-words.ts';

const BACK_DAYS = 120;
/** One screen of a phone. */
const SHOWN = 12;

/** "Kiểm tra": the visits that this person may see, what comes first; who may see none reads what the plan inspects. */
export async function listVisits(app: App, context: EffectContext): Promise<void> {
  const by = await app.staff.byChat(context.conversation.chat);
  if (!by) return replyText(app, context, { key: 'common.notAllowed' });
  const words = await wordsFor(app);
  const today = localDateOf(app.clock.nowMs());
  const seen = (await app.visits.since(addDays(today, -BACK_DAYS))).filter((visit) => maySeeVisit(visit, by));
  const shown = [...seen.filter(isUnderWay), ...seen.filter((one) => !isUnderWay(one)).toReversed()];
  const mayPlan = rulesToPlan(words.plan, by).length > 0;
  if (shown.length === 0 && !mayPlan) return showRules(app, context);
  const visits = shown.slice(0, SHOWN);
  const asides = [...(mayPlan ? ['plan', 'paper'] : []), 'rules'].map((value, index) => ({
    number: listNumber(visits.length + index),
    value,
    label: app.texts.render({ key: `inspection.choice.${value}` }),
  }));
  const lines = visits.map((visit, index) => lineOf(app, words, visit, listNumber(index))).join('\n');
  const listed = visits.map(({ id, title }, index) => ({
    number: listNumber(index),
    value: `${VISIT}${id}`,
    label: title,
  }));
  await notifyChat(app, {
    id: context.id,
    chat: context.conversation.chat,
    text:
      visits.length === 0 ? { key: 'inspection.listNone' } : { key: 'inspection.list', params: { lines } },
    prompt: {
      id: `${context.id}.inspections`,
      subject: { kind: 'inspections' },
      choices: [...listed, ...asides],
    },
    // They stand in the text with their numbers.
    written: asides,
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}

function lineOf(app: App, words: VisitWords, visit: Visit, number: string): string {
  const key = isHidden(visit) ? 'inspection.lineSurprise' : 'inspection.line';
  return app.texts.render({ key, params: { ...visitParams(app, words, visit), number } });
}

/** What is inspected under the plan: every member of staff may know that (KT-9). */
export async function showRules(app: App, context: EffectContext): Promise<void> {
  const { plan } = await wordsFor(app);
  const today = localDateOf(app.clock.nowMs());
  const lines = plan.inspections
    .filter(({ inspected }) => inspected.length > 0)
    .map(({ title, inspector, mode, subject }) =>
      app.texts.render({
        key: 'inspection.rule',
        params: { title, inspector: unitNameOf(plan, inspector, today), mode, subject },
      }),
    );
  const params = { year: plan.ward.year, lines: lines.join('\n') };
  return replyText(app, context, { key: 'inspection.rules', params });
}
