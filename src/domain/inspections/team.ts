import type { StaffMember } from '../staff.ts';
import { isOfInspected } from './may-see.ts';
import type { Visit } from './visit.ts';

/** Those who are to go, the first as lead. Undefined stands for somebody whom nobody knows. */
export type Team = readonly (StaffMember | undefined)[];

export type TeamRefused =
  | { readonly kind: 'no-team' }
  /** These work in the unit that is looked at. */
  | { readonly kind: 'of-unit'; readonly people: readonly StaffMember[] };

/** Members by their ids, each once, in that order. */
export const teamOf = (ids: readonly string[], staff: readonly StaffMember[]): Team =>
  [...new Set(ids)].map((id) => staff.find((member) => member.id === id));

/** Why they cannot go: nobody, somebody who has left, somebody of the unit. Null: they can. */
export function teamRefused(visit: Pick<Visit, 'unitId'>, team: Team): TeamRefused | null {
  const people = team.filter((one) => one?.active).filter((one) => one !== undefined);
  if (team.length === 0 || people.length < team.length) return { kind: 'no-team' };
  const ofUnit = people.filter((one) => isOfInspected(visit, one));
  return ofUnit.length === 0 ? null : { kind: 'of-unit', people: ofUnit };
}
