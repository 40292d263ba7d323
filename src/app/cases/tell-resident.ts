import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import { dueWords } from '#src/domain/calendar/explain-deadline.ts';
import type { Case } from '#src/domain/case.ts';
import { wayOf } from '#src/domain/conversation/zalo-window.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import { chatKey } from '#src/domain/inbound.ts';
import { isNobody } from '#src/domain/personal-data.ts';
import { ANSWER_ROWS, type PromptSubject } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';
import { notifyChat } from '../send/notify.ts';

export interface CaseNews {
  /** Of what happened: news told twice is told once. */
  readonly id: string;
  readonly text: TextRef;
  readonly photoIds?: readonly string[];
  /** What can be answered, in the order of the numbers. */
  readonly asks?: {
    readonly subject: PromptSubject;
    readonly choices: readonly { readonly value: string; readonly label: TextRef }[];
  };
}

/**
 * Where Zalo takes no words any more, a template says that there are some, once for each case and silence. The words themselves
 * wait for their resident (`tell-waiting`).
 */
async function announce(app: App, { id, code, state, resident }: Case, dueAtMs: number): Promise<void> {
  if (app.channels[resident.platform]?.announcesCases !== true || isNobody(resident)) return;
  const heardAtMs = (await app.conversations.load(chatKey(resident)))?.heardAtMs ?? null;
  if (wayOf(resident.platform, heardAtMs, dueAtMs) !== 'waits') return;
  await notifyChat(app, {
    id: `announced.${id}.${String(heardAtMs)}`,
    chat: resident,
    text: { key: 'mycase.window.announced', params: { code } },
    caseNews: { code, state: app.texts.render({ key: `mycase.state.${state}` }) },
    lane: 'reminder',
    dueAtMs,
  });
}

/** News, not a reply to what was just said: it waits for the morning, and while the resident fills in a form. */
export async function tellResident(app: App, matter: Case, news: CaseNews): Promise<void> {
  const id = `${ANSWER_ROWS}${news.id}`;
  const dueAtMs = morningAfterNight(app.clock.nowMs());
  await notifyChat(app, {
    id,
    chat: matter.resident,
    caseId: matter.id,
    text: news.text,
    ...(news.photoIds ? { photoIds: news.photoIds } : {}),
    ...(news.asks
      ? {
          prompt: {
            id,
            subject: news.asks.subject,
            choices: news.asks.choices.map(({ value, label }, index) => ({
              number: String(index + 1),
              value,
              label: app.texts.render(label),
            })),
          },
        }
      : {}),
    lane: 'reminder',
    dueAtMs,
  });
  await announce(app, matter, dueAtMs);
}

/** "hết thứ Tư 27/3": the last instant for an answer. */
export function dueOf(app: Pick<App, 'texts'>, matter: Pick<Case, 'dueAtMs'>): string {
  return dueWords(matter.dueAtMs, (ref) => app.texts.render(ref));
}

/** The three ratings below a result. */
export function ratingOf(caseId: string): NonNullable<CaseNews['asks']> {
  return {
    subject: { kind: 'case-rating', caseId },
    choices: ['satisfied', 'acceptable', 'unsatisfied'].map((value) => ({
      value,
      label: { key: `mycase.rating.${value}` },
    })),
  };
}
