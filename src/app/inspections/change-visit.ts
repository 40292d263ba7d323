import { actOnVisit, type VisitAct, type VisitChanged } from '#src/domain/inspections/act-on-visit.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { leaderOn } from '#src/domain/inspections/leading.ts';
import { isHidden, maySeeVisit } from '#src/domain/inspections/may-see.ts';
import type { TeamRefused } from '#src/domain/inspections/team.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { staffName } from '../present.ts';

const TRIES = 5;

/** A visit that somebody may see, who that is, and who leads today. */
export interface SeenVisit {
  readonly visit: Visit;
  readonly by: StaffMember;
  readonly leaderId: string | null;
}

/**
 * The visit, for whoever may see it. Anybody else reads what any button that is too old answers, so that they do not learn
 * whether it exists, and leaves a trace in the audit.
 */
export async function seeVisit(app: App, context: EffectContext, visitId: string): Promise<SeenVisit | null> {
  const [visit, by] = await Promise.all([
    app.visits.get(visitId),
    app.staff.byChat(context.conversation.chat),
  ]);
  if (visit && by && maySeeVisit(visit, by)) {
    const leader = leaderOn(visit, await app.staff.list(), localDateOf(app.clock.nowMs()));
    return { visit, by, leaderId: leader?.id ?? null };
  }
  await app.audit.record({
    id: `inspection-refused.${context.id}`,
    atMs: app.clock.nowMs(),
    by: by?.id ?? 'resident',
    action: 'inspection-refused',
    subject: visitId,
  });
  await replyText(app, context, { key: 'common.staleTap' });
  return null;
}

/** Does something to a visit and puts it on record; answers it as it then is. Null: refused, and told why. Throws when it keeps changing under it. */
export async function changeVisit(
  app: App,
  context: EffectContext,
  visitId: string,
  act: VisitAct,
): Promise<SeenVisit | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const seen = await seeVisit(app, context, visitId);
    if (!seen) return null;
    const { visit, by, leaderId } = seen;
    const order = { id: context.id, by, leaderId, nowMs: app.clock.nowMs() };
    const changed = actOnVisit(visit, act, order);
    if (changed.kind !== 'changed') {
      await replyText(app, context, refusal(changed));
      return null;
    }
    if (changed.visit !== visit && (await app.visits.save(changed.visit, visit.rev)) === 'conflict') continue;
    await recordVisit(app, changed.visit);
    return { visit: changed.visit, by, leaderId };
  }
  throw new Error('a visit kept changing');
}

function refusal(changed: Exclude<VisitChanged, { readonly kind: 'changed' }>): TextRef {
  switch (changed.kind) {
    case 'not-yours':
      return { key: 'inspection.notYours' };
    case 'not-open':
      return { key: 'inspection.notOpen' };
    case 'begun':
      return { key: 'inspection.begun' };
    case 'no-later-day':
      return { key: 'inspection.noLaterDay' };
    case 'same-day':
      return { key: 'inspection.sameDay' };
    case 'no-term':
      return { key: 'inspection.noTerm' };
    case 'no-team':
    case 'of-unit':
      return teamRefusal(changed);
    case 'unknown-item':
      return { key: 'common.staleTap' };
  }
}

/** Why a team cannot go. */
export function teamRefusal(refused: TeamRefused): TextRef {
  const people = refused.kind === 'of-unit' ? refused.people.map(staffName).join(', ') : '';
  const opening = people.charAt(0).toUpperCase() + people.slice(1);
  return { key: `inspection.refused.${refused.kind}`, params: { people: opening } };
}

/** The history goes into the audit, each entry once; of a visit that is still hidden only when it is closed. */
export async function recordVisit(app: Pick<App, 'audit'>, visit: Visit): Promise<void> {
  if (isHidden(visit)) return;
  for (const [index, { atMs, by, action, reason }] of visit.history.entries()) {
    await app.audit.record({
      id: `visit.${visit.id}.${String(index)}`,
      atMs,
      by,
      action: `inspection-${action}`,
      subject: visit.id,
      ...(reason === undefined ? {} : { reason }),
    });
  }
}
