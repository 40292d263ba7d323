import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import { leaderOn } from '#src/domain/inspections/leading.ts';
import { isOfInspected } from '#src/domain/inspections/may-see.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { promptOf, visitPrompt } from './visit-card.ts';
import { noteId, type VisitWords } from './visit-words.ts';

type Ports = Pick<App, 'deliveries' | 'texts' | 'hash' | 'clock' | 'wake' | 'log'>;

export interface VisitNote {
  /** What is said and of which moment: the same for whoever repeats it, and by which it is taken back. */
  readonly said: readonly string[];
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** The reader has no part in the visit any more. */
  readonly isWithoutActs?: boolean;
}

/** Says something of a visit to one person, by night in the morning, with what they can do with it. Safe to run twice. */
export async function tellOfVisit(
  ports: Ports,
  { staff }: Pick<VisitWords, 'staff'>,
  visit: Visit,
  person: StaffMember,
  { said, key, params, isWithoutActs = false }: VisitNote,
): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const id = noteId(ports, visit.id, ...said, person.id);
  const leaderId = leaderOn(visit, staff, localDateOf(nowMs))?.id ?? null;
  const prompt = isOfInspected(visit, person)
    ? promptOf(ports.texts, id, visit.id, ['show'])
    : visitPrompt(ports, id, { visit, by: person, leaderId });
  await notifyStaff(ports, {
    id,
    staff: person,
    text: { key, params: { ...params, ...personParams(person) } },
    ...(isWithoutActs ? {} : { prompt }),
    lane: 'reminder',
    dueAtMs: morningAfterNight(nowMs),
  });
}
