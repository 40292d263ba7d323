import { localDateOf } from '../calendar/local-time.ts';
import { changedVisit, isUnderWay, leadOf, type Visit, type VisitNotice } from './visit.ts';

export interface VisitTick {
  readonly visit: Visit;
  /** What to say now; null: nothing. */
  readonly say: VisitNotice | null;
}

/**
 * What the clock makes of a visit. Of several notices whose time has come one is said: that its day is here, else the last. Only
 * who was to be told beforehand and never was is told first, as long as that day is not over: ticked again, it says the rest.
 * From that day on it is open, and led by `leaderId` where that is not the first of the team. Pure.
 */
export function tickVisit(visit: Visit, nowMs: number, leaderId: string | null = null): VisitTick {
  const due = dueNotices(visit, nowMs);
  const say = due.find(({ kind }) => kind === 'day') ?? due.at(-1) ?? null;
  if (say === null) return { visit, say };
  const nextNotice = visit.nextNotice + due.length;
  const at = { atMs: nowMs, by: 'system', orderId: `${say.kind}.${String(say.atMs)}` };
  switch (say.kind) {
    case 'announce':
      return { visit: changedVisit(visit, { nextNotice }, { ...at, action: 'announced' }), say };
    case 'day':
      return {
        visit: changedVisit(
          visit,
          { nextNotice, state: 'open', ...standIn(visit, leaderId) },
          { ...at, action: 'opened' },
        ),
        say,
      };
    case 'unclosed':
      return { visit: changedVisit(visit, { nextNotice }), say };
  }
}

function dueNotices(visit: Visit, nowMs: number): readonly VisitNotice[] {
  if (!isUnderWay(visit)) return [];
  const due = visit.notices.slice(visit.nextNotice).filter(({ atMs }) => atMs <= nowMs);
  const announcements = due.filter(({ kind }) => kind === 'announce');
  const isUntold = announcements.length > 0 && !visit.history.some(({ action }) => action === 'announced');
  return isUntold && localDateOf(nowMs) <= visit.day ? announcements : due;
}

const standIn = (visit: Visit, leaderId: string | null): Pick<Visit, 'ledById'> =>
  leaderId === null || leaderId === leadOf(visit) ? {} : { ledById: leaderId };
