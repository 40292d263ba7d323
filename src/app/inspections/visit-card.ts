import type { Choice, PromptToOpen } from '#src/domain/outbound.ts';
import { regroupValue, verdictValue } from '#src/domain/conversation/flows/inspections.ts';
import { isInCharge, isOfTeam } from '#src/domain/inspections/may-see.ts';
import {
  type Finding,
  isUnderWay,
  leftToLookAt,
  VERDICTS,
  type Visit,
} from '#src/domain/inspections/visit.ts';
import type { App } from '../app.ts';
import { answer, type EffectContext, replyText } from '../inbound/reply.ts';
import { shortDate } from '../present.ts';
import { type SeenVisit, seeVisit } from './change-visit.ts';
import { noon, visitParams, wordsFor } from './visit-words.ts';

/** What this member can do with the visit now. */
export function visitPrompt(
  { texts }: Pick<App, 'texts'>,
  id: string,
  { visit, by, leaderId }: SeenVisit,
): PromptToOpen {
  const isInHand = isInCharge(visit, by, leaderId);
  const isOpen = visit.state === 'open';
  const values = [
    ...(isOpen && isOfTeam(visit, by) && leftToLookAt(visit).length > 0 ? ['ask'] : []),
    ...(isOpen && isOfTeam(visit, by) ? ['find'] : []),
    ...(isOpen && isInHand ? ['close'] : []),
    ...(visit.state === 'planned' && isInHand ? ['move'] : []),
    ...(isUnderWay(visit) && isInHand ? [regroupValue(visit.unitId), 'cancel'] : []),
    ...(visit.state === 'closed' ? ['minutes'] : []),
  ];
  return promptOf(texts, id, visit.id, values);
}

export function promptOf(
  texts: App['texts'],
  id: string,
  visitId: string,
  values: readonly string[],
): PromptToOpen {
  const choices = values.map((value, index): Choice => ({
    number: String(index + 1),
    value,
    label: texts.render({ key: `inspection.choice.${value.replace(/:.*/u, '')}` }),
  }));
  return { id, subject: { kind: 'inspection', visitId }, choices };
}

/** One visit with its checklist and findings, and what can be done now. */
export async function showVisit(app: App, context: EffectContext, visitId: string): Promise<void> {
  const seen = await seeVisit(app, context, visitId);
  if (!seen) return;
  const { visit } = seen;
  const params = visitParams(app, await wordsFor(app), visit);
  const lines = await linesOf(app, visit);
  await answer(
    app,
    context,
    { key: 'inspection.card', params: { ...params, lines: lines.join('\n') } },
    visitPrompt(app, `${context.id}.card`, seen),
  );
}

async function linesOf(app: App, { checklist, answers, findings }: Visit): Promise<readonly string[]> {
  const { texts } = app;
  const items = checklist.map(({ id, text }) => {
    const verdict = texts.render({ key: `inspection.verdict.${answers[id] ?? 'not-looked'}` });
    return texts.render({ key: 'inspection.cardItem', params: { text, verdict } });
  });
  const found = await Promise.all(findings.map((finding, index) => findingLine(app, finding, index)));
  const none = texts.render({ key: 'inspection.cardNothing' });
  return [...items, texts.render({ key: 'inspection.cardFindings' }), ...(found.length > 0 ? found : [none])];
}

async function findingLine({ texts, duties }: App, finding: Finding, index: number): Promise<string> {
  const duty = await duties.ofFinding(finding.id);
  const standing = duty?.state === 'done' ? texts.render({ key: 'inspection.cardDone' }) : '';
  return texts.render({
    key: 'inspection.cardFinding',
    params: { number: index + 1, text: finding.text, standing, ...findingParams(texts, finding) },
  });
}

export function findingParams(
  texts: App['texts'],
  { severity, term }: Finding,
): { readonly severity: string; readonly term: string } {
  return {
    severity: texts.render({ key: `inspection.severity.${severity}` }),
    term:
      term === null
        ? ''
        : texts.render({ key: 'inspection.cardTerm', params: { date: shortDate(noon(term)) } }),
  };
}

/** The next item of the checklist that nobody looked at, to be answered with one tap. */
export async function askItem(
  app: App,
  context: EffectContext,
  seen: SeenVisit,
  before: string | null = null,
): Promise<void> {
  const { visit } = seen;
  if (visit.state !== 'open') return replyText(app, context, { key: 'inspection.notOpen' });
  const { texts } = app;
  const [item] = leftToLookAt(visit);
  const words = (key: string): string => [before, texts.render({ key })].filter((one) => one).join('\n');
  if (!item) {
    const key = visit.checklist.length === 0 ? 'inspection.noItems' : 'inspection.itemsDone';
    const text = { key: 'duty.words', params: { words: words(key) } };
    return answer(app, context, text, visitPrompt(app, `${context.id}.card`, seen));
  }
  const question = texts.render({
    key: 'inspection.item',
    params: {
      number: visit.checklist.indexOf(item) + 1,
      count: visit.checklist.length,
      text: item.text,
    },
  });
  const text = [before, question].filter((one) => one).join('\n');
  await answer(
    app,
    context,
    { key: 'duty.words', params: { words: text } },
    {
      id: `${context.id}.item`,
      subject: { kind: 'inspection', visitId: visit.id },
      choices: VERDICTS.map((verdict, index) => ({
        number: String(index + 1),
        value: verdictValue(item.id, verdict),
        label: texts.render({ key: `inspection.verdict.${verdict}` }),
      })),
    },
  );
}
