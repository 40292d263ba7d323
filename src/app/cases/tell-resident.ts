import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import { dueWords } from '#src/domain/calendar/explain-deadline.ts';
import type { Case } from '#src/domain/case.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
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

/** News, not a reply to what was just said: it waits for the morning, and while the resident fills in a form. */
export async function tellResident(app: App, matter: Case, news: CaseNews): Promise<void> {
  const id = `${ANSWER_ROWS}${news.id}`;
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
    dueAtMs: morningAfterNight(app.clock.nowMs()),
  });
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
