import type { Case } from '#src/domain/case.ts';
import { dueSoonMs } from '#src/domain/cases/case-notices.ts';
import { sortWork, type Work } from '#src/domain/cases/sort-work.ts';
import { listNumber } from '#src/domain/conversation/choices.ts';
import { openValue } from '#src/domain/conversation/flows/duty-prompts.ts';
import type { Plan } from '#src/domain/plan.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import { planOf } from '../cases/case-law.ts';
import { caseLabel } from '../cases/case-label.ts';
import { dueOf } from '../cases/tell-resident.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { givenName, presentDay } from '../present.ts';
import { notifyChat } from '../send/notify.ts';

const DUTIES_SHOWN = 10;
/** One screen of a phone. */
const CASES_SHOWN = 20;
const HEADINGS: readonly (keyof Work)[] = ['overdue', 'dueSoon', 'mine', 'unit', 'paused'];

/** "Việc": the officer's duties, own cases and the unit's on one screen, what presses first; a number opens a case. */
export async function listWork(app: App, context: EffectContext): Promise<void> {
  const member = await app.staff.byChat(context.conversation.chat);
  if (!member) return replyText(app, context, { key: 'common.notAllowed' });
  const [plan, duties, cases, staff] = await Promise.all([
    planOf(app),
    app.duties.ofStaff(member.id, DUTIES_SHOWN),
    casesOf(app, member),
    app.staff.list(),
  ]);
  if (duties.length + cases.length === 0) return replyText(app, context, { key: 'staff.workNone' });
  const { shown, lines } = caseLines(app, plan, member, { cases, staff, before: duties.length });
  const dutyLines = duties.map((duty, index) =>
    app.texts.render({
      key: 'staff.dutyLine',
      params: {
        number: listNumber(index),
        title: duty.title,
        ...presentDay(app.texts, duty.dueAtMs),
      },
    }),
  );
  const values = [
    ...duties.map(({ id, title }) => ({ value: openValue('responsible', id), label: title })),
    ...shown.map(({ id, code }) => ({ value: id, label: code })),
  ];
  await notifyChat(app, {
    id: context.id,
    chat: context.conversation.chat,
    text: { key: 'casework.work.title', params: { lines: [...dutyLines, ...lines].join('\n') } },
    prompt: {
      id: `${context.id}.work`,
      subject: { kind: 'work-list' },
      choices: values.map((choice, index) => ({ number: listNumber(index), ...choice })),
    },
    // They stand in the text with their numbers.
    written: [],
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}

async function casesOf(app: App, member: StaffMember): Promise<readonly Case[]> {
  const own = app.cases.openOfHandler(member.id, CASES_SHOWN);
  const ofUnit = hasRole(member, 'handler', 'leader')
    ? app.cases.openOfUnit(member.unitId, CASES_SHOWN)
    : Promise.resolve([]);
  return (await Promise.all([own, ofUnit])).flat();
}

function caseLines(
  app: App,
  plan: Plan,
  member: StaffMember,
  {
    cases,
    staff,
    before,
  }: {
    readonly cases: readonly Case[];
    readonly staff: readonly StaffMember[];
    /** So many numbers are taken. */
    readonly before: number;
  },
): { readonly shown: readonly Case[]; readonly lines: readonly string[] } {
  const { calendar } = app;
  const { dueSoonWorkingDays } = plan.cases;
  const work = sortWork(cases, member.id, app.clock.nowMs(), (matter) =>
    dueSoonMs(matter, { calendar, dueSoonWorkingDays }),
  );
  const shown: Case[] = [];
  const lines: string[] = [];
  for (const heading of HEADINGS) {
    const rest = work[heading].slice(0, CASES_SHOWN - shown.length);
    if (rest.length === 0) continue;
    lines.push(app.texts.render({ key: `casework.work.${heading}`, params: { you: member.address } }));
    for (const matter of rest) {
      lines.push(caseLine(app, plan, matter, listNumber(before + shown.length), staff, member));
      shown.push(matter);
    }
  }
  const total = HEADINGS.reduce((sum, heading) => sum + work[heading].length, 0);
  if (total > shown.length) lines.push(app.texts.render({ key: 'casework.work.more' }));
  return { shown, lines };
}

function caseLine(
  app: App,
  plan: Plan,
  matter: Case,
  number: string,
  staff: readonly StaffMember[],
  member: StaffMember,
): string {
  const category = plan.categories.find(({ id }) => id === matter.categoryId);
  const holder = staff.find(({ id }) => id === matter.handlerId);
  const isOthers = holder !== undefined && holder.id !== member.id;
  return app.texts.render({
    key: isOthers ? 'casework.work.lineHeld' : 'casework.work.line',
    params: {
      number,
      code: matter.code,
      category: caseLabel(app, matter, category),
      due: dueOf(app, matter),
      name: holder === undefined ? '' : givenName(holder),
    },
  });
}
