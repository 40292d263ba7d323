import type { Visit } from '#src/domain/inspections/visit.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { noteId, type VisitWords } from './visit-words.ts';

type Ports = Pick<App, 'deliveries' | 'hash'>;

/**
 * Takes back what was to be said of a visit that was moved or called off, as far as it has not gone out. Answers the ids of
 * those who have heard of the visit all the same. What the order `orderId` itself says is left alone, so that it can run twice.
 */
export async function takeBackNotes(
  ports: Ports,
  visit: Visit,
  { staff }: Pick<VisitWords, 'staff'>,
  orderId: string | null = null,
): Promise<ReadonlySet<string>> {
  const people = staff.filter(
    ({ id, unitId }) =>
      visit.team.includes(id) || id === visit.plannedById || (visit.isAnnounced && unitId === visit.unitId),
  );
  return takeBackFrom(ports, visit, people, orderId);
}

/** The same from these people only. */
export async function takeBackFrom(
  ports: Ports,
  visit: Visit,
  people: readonly StaffMember[],
  orderId: string | null,
): Promise<ReadonlySet<string>> {
  const heard = new Set<string>();
  for (const person of people)
    for (const said of saidOf(visit, orderId))
      for (const id of rowsOf(noteId(ports, visit.id, ...said, person.id), person))
        if (await hasGoneOut(ports, id)) heard.add(person.id);
  return heard;
}

const saidOf = (
  { notices, nextNotice, history }: Visit,
  orderId: string | null,
): readonly (readonly string[])[] => [
  ...notices.slice(0, nextNotice).map(({ kind, atMs }) => [kind, String(atMs)]),
  ...history
    .filter(({ action }) => action === 'moved' || action === 'regrouped')
    .filter((entry) => entry.orderId !== orderId)
    .map(({ action, orderId: id }) => [action, id]),
  ...history.flatMap(({ from }) => (from === undefined ? [] : [['away', from]])),
];

/** The first, and those to the person's further addresses. */
const rowsOf = (id: string, { contacts }: StaffMember): readonly string[] =>
  contacts.map((_, index) => (index === 0 ? id : `${id}.${String(index)}`));

async function hasGoneOut({ deliveries }: Ports, id: string): Promise<boolean> {
  const row = await deliveries.get(id);
  if (!row || row.state === 'cancelled') return false;
  return !(await deliveries.change(id, ['pending'], { state: 'cancelled' }));
}
