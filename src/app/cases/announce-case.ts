import { humanDate } from '#src/domain/calendar/deadline.ts';
import { endOfDay } from '#src/domain/calendar/local-time.ts';
import type { Case, EntryWay } from '#src/domain/case.ts';
import type { CaseLetter } from '#src/domain/cases/letter.ts';
import type { Category } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { maskPersonal } from '#src/domain/vietnamese/phone.ts';
import type { App } from '../app.ts';
import { caseLabel } from './case-label.ts';
import { tellOfCase } from './tell-staff.ts';

export interface CardNotice {
  readonly key: 'casework.cards.new' | 'casework.cards.handed' | 'casework.cards.disputed';
  readonly id: string;
  /** Why it comes. */
  readonly reason?: string;
  /** Another open case that may be about the same. */
  readonly alikeCode?: string;
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
  await tellOfCase(app, officer, matter, {
    id: notice.id,
    key: notice.key,
    params: cardParams(app, matter, category, notice),
  });
}

/** What a card says. */
export function cardParams(
  app: Pick<App, 'texts'>,
  matter: Case,
  category: Category,
  { reason = '', alikeCode }: Pick<CardNotice, 'reason' | 'alikeCode'> = {},
): Record<string, string> {
  return {
    category: caseLabel(app, matter, category),
    words: maskPersonal(matter.text),
    place: placeLine(app, matter),
    reason: maskPersonal(reason),
    notes: notesOf(app, matter, alikeCode),
  };
}

/** Each ends its own line. */
function notesOf(app: Pick<App, 'texts'>, matter: Case, alikeCode?: string): string {
  const { mediaIds, entered, legalKind, letter } = matter;
  const isForAnother = matter.residentName !== '' && !entered;
  const media = { key: 'staff.cardMedia', params: { count: mediaIds.length } };
  return [
    // A report is what most are, and a complaint says so in its first line.
    ...(legalKind === undefined || legalKind === 'report' || legalKind === 'complaint'
      ? []
      : [app.texts.render({ key: `casework.byLaw.${legalKind}` })]),
    ...(letter ? [letterLine(app, letter)] : []),
    ...(isForAnother ? [app.texts.render({ key: 'staff.cardBehalf' })] : []),
    ...(mediaIds.length > 0 ? [app.texts.render(media)] : []),
    ...(entered && !letter
      ? [app.texts.render({ key: 'entry.card', params: { way: entryWords(app, entered.way) } })]
      : []),
    ...(alikeCode === undefined
      ? []
      : [app.texts.render({ key: 'casework.alike', params: { code: alikeCode } })]),
  ].join('');
}

function letterLine({ texts }: Pick<App, 'texts'>, { number, receivedOn }: CaseLetter): string {
  const params = { number: number ?? '', date: humanDate(endOfDay(receivedOn)) };
  return texts.render({ key: number === null ? 'letter.cardBare' : 'letter.card', params });
}

export const entryWords = (app: Pick<App, 'texts'>, way: EntryWay): string =>
  app.texts.render({ key: `entry.came.${way}` });

function placeLine(app: Pick<App, 'texts'>, matter: Case): string {
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
