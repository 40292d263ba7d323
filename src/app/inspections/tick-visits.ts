import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { pickChain } from '#src/domain/duties/chain.ts';
import { leaderOn, presentOn } from '#src/domain/inspections/leading.ts';
import { isToBeTold } from '#src/domain/inspections/may-see.ts';
import { tickVisit } from '#src/domain/inspections/tick-visit.ts';
import { isUnderWay, leadOf, type Visit, type VisitNotice } from '#src/domain/inspections/visit.ts';
import { hasAddress, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { mention } from '../duties/present-duty.ts';
import { personParams } from '../present.ts';
import { recordVisit } from './change-visit.ts';
import { takeBackNotes } from './take-back-notes.ts';
import { plannersOf } from './tell-team-away.ts';
import { tellOfVisit } from './tell-of-visit.ts';
import { visitParams, type VisitWords, wordsFor } from './visit-words.ts';

type Ports = Pick<
  App,
  'visits' | 'plans' | 'staff' | 'deliveries' | 'audit' | 'texts' | 'hash' | 'clock' | 'wake' | 'log'
>;

const BATCH = 50;

/**
 * Says what visits have to say now. The rows are inserted before the visit moves on, under ids that the visit and the notice
 * decide, so that a crash in between says nothing twice. Nothing here is logged by its id: who reads logs may work in the unit
 * that is looked at. One visit's failure holds up no other.
 */
export async function tickVisits(ports: Ports, signal?: AbortSignal): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const due = await ports.visits.due(nowMs, BATCH);
  if (due.length === 0) return;
  const words = await wordsFor(ports);
  let failed: unknown = null;
  for (const visit of due) {
    if (signal?.aborted) return;
    try {
      await tickOne(ports, words, visit, nowMs);
    } catch (error) {
      failed = error;
    }
  }
  if (failed !== null)
    ports.log.error({ why: failed instanceof Error ? failed.name : 'unknown' }, 'tick failed');
}

async function tickOne(ports: Ports, words: VisitWords, visit: Visit, nowMs: number): Promise<void> {
  const leader = leaderOn(visit, words.staff, visit.day);
  const { visit: after, say } = tickVisit(visit, nowMs, leader?.id);
  if (say === null) return;
  await tell(ports, words, after, say);
  if ((await ports.visits.save(after, visit.rev)) === 'saved') {
    await recordVisit(ports, after);
    // What was announced late is followed at once by what else is due.
    return tickOne(ports, words, after, nowMs);
  }
  // Somebody was quicker, and the next tick sees what they left: of another day, or nothing any more.
  const now = await ports.visits.get(visit.id);
  if (!now || !isUnderWay(now) || now.day !== visit.day) await takeBackNotes(ports, after, words);
}

/** Who is told of a visit for the unit that is looked at: its leader, else one of its people. */
export function unitHead(staff: readonly StaffMember[], { unitId }: Visit): StaffMember | null {
  const { headId, responsibleId } = pickChain(staff, unitId, null);
  const head = staff.find(({ id }) => id === headId) ?? staff.find(({ id }) => id === responsibleId);
  return head && hasAddress(head) ? head : null;
}

async function tell(ports: Ports, words: VisitWords, visit: Visit, notice: VisitNotice): Promise<void> {
  const { staff } = words;
  const today = localDateOf(ports.clock.nowMs());
  const team = staff.filter((one) => visit.team.includes(one.id) && isToBeTold(visit, one));
  const planner = staff.filter((one) => one.id === visit.plannedById && isToBeTold(visit, one));
  const send = (people: readonly StaffMember[], key: string) =>
    sendAll(ports, words, visit, notice, people, key);
  switch (notice.kind) {
    case 'announce': {
      const head = unitHead(staff, visit);
      if (head) await send([head], 'inspection.announce');
      return send(team, head ? 'inspection.announceTeam' : 'inspection.announceNobody');
    }
    case 'day': {
      if (team.length === 0) return send(planner, 'inspection.dayNobody');
      const present = presentOn(visit, staff, visit.day);
      if (present.length === 0) return send(plannersOf(visit, staff), 'inspection.dayAway');
      return send(present, today > visit.day ? 'inspection.dayLate' : 'inspection.day');
    }
    case 'unclosed': {
      const leader = leaderOn(visit, staff, today);
      return send(leader ? [leader] : planner, 'inspection.unclosed');
    }
  }
}

async function sendAll(
  ports: Ports,
  words: VisitWords,
  visit: Visit,
  notice: VisitNotice,
  people: readonly StaffMember[],
  key: string,
): Promise<void> {
  const params = visitParams(ports, words, visit);
  for (const person of people)
    await tellOfVisit(ports, words, visit, person, {
      said: [notice.kind, String(notice.atMs)],
      key,
      params: { ...params, lines: dayLines(ports, words, visit, person) },
    });
}

/** Who leads where that is not who was to, and what is to be looked at. */
function dayLines({ texts }: Ports, { staff }: VisitWords, visit: Visit, reader: StaffMember): string {
  const { checklist } = visit;
  const title = texts.render({ key: checklist.length === 0 ? 'inspection.noItems' : 'inspection.dayLook' });
  const lead = staff.find(({ id }) => id === leadOf(visit));
  const leader = staff.find(({ id }) => id === visit.ledById);
  const { address = '', name = '' } = lead ? personParams(lead) : {};
  const params = {
    absent: `${address} ${name}`,
    you: reader.address,
    leader: mention(texts, leader ?? null),
  };
  const isReader = leader?.id === reader.id;
  const standIn = texts.render({ key: isReader ? 'inspection.youLead' : 'inspection.otherLeads', params });
  return [...(leader ? [standIn] : []), title, ...checklist.map(({ text }) => `- ${text}`)].join('\n');
}
