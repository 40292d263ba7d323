import type { Case } from '#src/domain/case.ts';
import type { PromptToOpen } from '#src/domain/outbound.ts';
import type { Category } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { maskPersonal } from '#src/domain/vietnamese/phone.ts';
import type { App } from '../app.ts';
import { presentDay } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';

interface CardNotice {
  readonly key: 'staff.card' | 'staff.cardReopened' | 'staff.cardAgain';
  readonly id: string;
}

/** The card in the private chat of each officer of the unit. */
export async function announceCase(
  app: App,
  matter: Case,
  category: Category,
  notice: CardNotice,
): Promise<void> {
  for (const officer of await officersOf(app, matter.unitId)) {
    await sendCard(app, officer, matter, category, notice);
  }
}

/** One card: a code, what handling needs, no name and no number. */
export async function sendCard(
  app: App,
  officer: StaffMember,
  matter: Case,
  category: Category,
  notice: CardNotice,
): Promise<void> {
  await notifyStaff(app, {
    id: `${notice.id}.${officer.id}`,
    staff: officer,
    text: {
      key: notice.key,
      params: {
        code: matter.code,
        category: category.label,
        words: maskPersonal(matter.text),
        place: placeLine(app, matter),
        media:
          matter.mediaIds.length > 0
            ? app.texts.render({ key: 'staff.cardMedia', params: { count: matter.mediaIds.length } })
            : '',
        ...presentDay(app.texts, matter.dueAtMs),
      },
    },
    prompt: casePrompt(app, matter, notice.id),
    lane: 'reminder',
    dueAtMs: app.clock.nowMs(),
  });
}

function casePrompt(app: App, matter: Case, noticeId: string): PromptToOpen {
  return {
    id: noticeId,
    subject: { kind: 'case-card', caseId: matter.id },
    choices: [
      { number: '1', value: 'take', label: app.texts.render({ key: 'staff.choice.take' }) },
      { number: '2', value: 'answer', label: app.texts.render({ key: 'staff.choice.answer' }) },
    ],
  };
}

function placeLine(app: App, matter: Case): string {
  if (matter.place.text !== null) return maskPersonal(matter.place.text);
  const { location } = matter.place;
  return location
    ? app.texts.render({ key: 'staff.placeOnMap', params: { ...location } })
    : app.texts.render({ key: 'staff.placeInWords' });
}

/** The unit's handlers; a unit without any falls back to leaders and admins, so that no case lies unseen. */
export async function officersOf(app: App, unitId: string): Promise<readonly StaffMember[]> {
  const reachable = (members: readonly StaffMember[]): readonly StaffMember[] =>
    members.filter((member) => member.active && member.contacts.length > 0);
  const handlers = reachable(await app.staff.withRole('handler', unitId));
  if (handlers.length > 0) return handlers;
  const leaders = reachable(await app.staff.withRole('leader', unitId));
  return leaders.length > 0 ? leaders : reachable(await app.staff.withRole('admin'));
}
