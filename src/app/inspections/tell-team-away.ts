import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { presentOn } from '#src/domain/inspections/leading.ts';
import { isToBeTold } from '#src/domain/inspections/may-see.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import { hasRole, type Leave, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { mention } from '../duties/present-duty.ts';
import { tellOfVisit } from './tell-of-visit.ts';
import { visitParams, type VisitWords, wordsFor } from './visit-words.ts';

/** Whoever planned a visit and who leads the inspectors: they hear that nobody of the team is there. */
export const plannersOf = (visit: Visit, staff: readonly StaffMember[]): readonly StaffMember[] =>
  staff.filter(
    (one) =>
      isToBeTold(visit, one) &&
      (one.id === visit.plannedById || (one.unitId === visit.inspectorUnitId && hasRole(one, 'leader'))),
  );

/** Somebody goes on leave: what that means for the visits on which they were to go. The absent person reads nothing of it. */
export async function tellLeaveOnVisits(app: App, member: StaffMember, { from, to }: Leave): Promise<void> {
  const visits = (await app.visits.since(from)).filter(
    ({ day, team }) => day <= to && team.includes(member.id),
  );
  if (visits.length === 0) return;
  const words = await wordsFor(app);
  for (const visit of visits) await tellTeamAway(app, words, visit);
}

/**
 * A visit to come whose whole team is on leave on its day: those who planned it hear so beforehand, in private and once for that
 * day. Safe to run twice.
 */
export async function tellTeamAway(app: App, words: VisitWords, visit: Visit): Promise<void> {
  const nowMs = app.clock.nowMs();
  const { staff } = words;
  const isToCome = visit.state === 'planned' && visit.day >= localDateOf(nowMs);
  if (!isToCome || presentOn(visit, staff, visit.day).length > 0) return;
  const planner = mention(app.texts, staff.find(({ id }) => id === visit.plannedById) ?? null);
  for (const person of plannersOf(visit, staff))
    await tellOfVisit(app, words, visit, person, {
      said: ['away', visit.day],
      key: 'inspection.teamAway',
      params: { ...visitParams(app, words, visit), planner },
    });
}
