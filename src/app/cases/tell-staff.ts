import type { Case } from '#src/domain/case.ts';
import { cardActs } from '#src/domain/cases/card-acts.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { PromptToOpen } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { personParams } from '../present.ts';
import { notifyChat, notifyStaff } from '../send/notify.ts';
import { dueOf } from './tell-resident.ts';

/** What can be done with a case, below whatever is said of it. */
function actsPrompt(app: App, matter: Case, id: string): PromptToOpen {
  const stage = matter.letter?.stage ?? null;
  return {
    id,
    subject: {
      ...{ kind: 'case-card', caseId: matter.id, state: matter.state },
      ...(stage === null ? {} : { stage }),
    },
    choices: cardActs(matter.state, matter.handlerId !== null, stage).map((value, index) => ({
      number: String(index + 1),
      value,
      label: app.texts.render({ key: `casework.act.${value}` }),
    })),
  };
}

export interface StaffNews {
  readonly id: string;
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Nothing can be done by who is told. */
  readonly isPlain?: true;
  /** Now, unless told. */
  readonly dueAtMs?: number;
}

/** Something about a case for one member of staff, with what they can do below it. False: they cannot be reached. */
export async function tellOfCase(
  app: App,
  staff: StaffMember,
  matter: Case,
  notice: StaffNews,
): Promise<boolean> {
  const notified = await notifyStaff(app, {
    id: `${notice.id}.${staff.id}`,
    staff,
    text: {
      key: notice.key,
      params: { code: matter.code, due: dueOf(app, matter), ...personParams(staff), ...notice.params },
    },
    ...(notice.isPlain ? {} : { prompt: actsPrompt(app, matter, `${notice.id}.${staff.id}`) }),
    lane: 'reminder',
    dueAtMs: notice.dueAtMs ?? app.clock.nowMs(),
  });
  return notified.kind !== 'no-contact';
}

/** The handler, where there is one to be told. */
export async function tellHandler(app: App, matter: Case, notice: StaffNews): Promise<void> {
  const handler = matter.handlerId === null ? null : await app.staff.get(matter.handlerId);
  if (handler) await tellOfCase(app, handler, matter, notice);
}

/** The answer to who acted on a case, with what they can do next. */
export async function answerOfficer(
  app: App,
  context: EffectContext,
  matter: Case,
  text: TextRef,
): Promise<void> {
  await notifyChat(app, {
    id: context.id,
    chat: context.conversation.chat,
    text: { ...text, params: { code: matter.code, due: dueOf(app, matter), ...text.params } },
    prompt: actsPrompt(app, matter, `${context.id}.card`),
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}
