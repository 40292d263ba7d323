import { residentActs } from '#src/domain/cases/card-acts.ts';
import type { Case } from '#src/domain/case.ts';
import type { Effect } from '#src/domain/conversation/types.ts';
import { chatKey } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { notifyChat } from '../send/notify.ts';
import { planOf } from './case-law.ts';
import { categoryOf } from './create-case.ts';
import { deadlineLines } from './show-case.ts';
import { dueOf } from './tell-resident.ts';

/** As many as numbers of one digit, without "0" and "9". */
const SHOWN = 8;

/** "Xem việc": what this resident sent, the newest first; a number opens one. */
export async function listCases(app: App, context: EffectContext): Promise<void> {
  const cases = await app.cases.ofResident(context.conversation.chat, SHOWN);
  if (cases.length === 0) return replyText(app, context, { key: 'report.noCases' });
  const lines = await Promise.all(
    cases.map(async (matter, index) => {
      const category = await categoryOf(app, matter.categoryId);
      return app.texts.render({
        key: 'mycase.line',
        params: {
          number: index + 1,
          code: matter.code,
          category: category.label,
          state: stateOf(app, matter),
        },
      });
    }),
  );
  await notifyChat(app, {
    id: context.id,
    chat: context.conversation.chat,
    text: { key: 'mycase.list', params: { lines: lines.join('\n') } },
    prompt: {
      id: `${context.id}.list`,
      subject: { kind: 'my-cases' },
      choices: cases.map((matter, index) => ({
        number: String(index + 1),
        value: matter.id,
        label: matter.code,
      })),
    },
    // They stand in the text with their numbers.
    written: [],
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}

/** One of a resident's own cases, with what they can do; or how its date was counted. */
export async function showOwnCase(
  app: App,
  context: EffectContext,
  { caseId, view }: Extract<Effect, { kind: 'my-case' }>,
): Promise<void> {
  const { chat } = context.conversation;
  const matter = await app.cases.get(caseId);
  if (!matter || chatKey(matter.resident) !== chatKey(chat)) {
    return replyText(app, context, { key: 'mycase.noLonger' });
  }
  if (view === 'deadline') {
    const lines = deadlineLines(app, await planOf(app), matter);
    return replyText(app, context, { key: 'mycase.deadline', params: { code: matter.code, lines } });
  }
  const category = await categoryOf(app, matter.categoryId);
  const isOver = !['new', 'taken', 'asked', 'outside', 'reopened'].includes(matter.state);
  await notifyChat(app, {
    id: context.id,
    chat,
    text: {
      key: isOver ? 'mycase.detailOver' : 'mycase.detail',
      params: {
        code: matter.code,
        category: category.label,
        state: stateOf(app, matter),
        due: dueOf(app, matter),
        answer: matter.answer ?? '',
      },
    },
    prompt: {
      id: `${context.id}.own`,
      subject: { kind: 'my-case', caseId },
      choices: residentActs(matter.state).map((value, index) => ({
        number: String(index + 1),
        value,
        label: app.texts.render({ key: `mycase.choice.${value}` }),
      })),
    },
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}

const stateOf = (app: App, matter: Case): string => app.texts.render({ key: `mycase.state.${matter.state}` });
