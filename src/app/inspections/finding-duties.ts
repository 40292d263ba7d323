import { ladderOf } from '#src/domain/duties/change-duty.ts';
import { pickChain } from '#src/domain/duties/chain.ts';
import { makeDuty } from '#src/domain/duties/open-duties.ts';
import type { Duty } from '#src/domain/duty.ts';
import { ledBy, type Visit } from '#src/domain/inspections/visit.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { withoutFullStop } from '#src/domain/text/without-full-stop.ts';
import type { App } from '../app.ts';
import { planOf } from '../cases/case-law.ts';
import { giveDuty } from '../duties/add-duty.ts';
import { dutyParams, mention } from '../duties/present-duty.ts';
import { proofText } from '../duties/proof.ts';
import { personParams, shortDate } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { noon, noteId, visitParams, wordsFor } from './visit-words.ts';

/**
 * What was found and has a term becomes a duty of the unit: of the person who answers for it, with the ladder of what is given, told
 * at once. Safe to run twice.
 */
export async function openFindingDuties(
  app: App,
  visit: Visit,
  staff: readonly StaffMember[],
  by: StaffMember,
): Promise<readonly Duty[]> {
  const reason = app.texts.render({
    key: 'inspection.dutyReason',
    params: { date: shortDate(noon(visit.day)) },
  });
  const plan = await planOf(app);
  const opened: Duty[] = [];
  for (const [index, { id, term, text }] of visit.findings.entries()) {
    if (term === null) continue;
    const found = { visitId: visit.id, findingId: id };
    const duty: Duty = {
      ...makeDuty(app.calendar, app.clock.nowMs(), {
        id: `${visit.ruleId}.${visit.id}.${String(index + 1)}`,
        ruleId: visit.ruleId,
        kind: 'routine',
        title: app.texts.render({
          key: 'inspection.dutyTitle',
          params: { text: withoutFullStop(text) },
        }),
        recipient: '',
        unitId: visit.unitId,
        dueDate: term,
        ladder: ladderOf(plan, { ...visit, found }),
        doneBy: { kind: 'photo' },
        chain: pickChain(staff, visit.unitId, null),
      }),
      found,
    };
    const person = staff.find((one) => one.id === duty.responsibleId) ?? null;
    await giveDuty(app, { duty, person, by, reason });
    opened.push(duty);
  }
  return opened;
}

/** A duty that came out of a visit is done: whoever led the team in fact hears it, and when nothing is left to put right. */
export async function tellFixed(app: App, duty: Duty, by: StaffMember): Promise<void> {
  const visit = duty.found ? await app.visits.get(duty.found.visitId) : null;
  if (!visit) return;
  const words = await wordsFor(app);
  const lead = words.staff.find(({ id }) => id === ledBy(visit));
  if (!lead || lead.id === by.id) return;
  const left = await Promise.all(
    visit.findings
      .filter(({ term }) => term !== null)
      .map(async ({ id }) => (await app.duties.ofFinding(id))?.state ?? 'open'),
  );
  const isLast = left.every((state) => state === 'done' || state === 'cancelled');
  const params = {
    ...visitParams(app, words, visit),
    ...dutyParams(app.texts, app.calendar, duty, app.clock.nowMs()),
    ...personParams(lead),
    who: mention(app.texts, by),
    proof: proofText(app, duty),
  };
  const date = shortDate(noon(visit.day));
  await notifyStaff(app, {
    id: noteId(app, duty.id, 'fixed'),
    staff: lead,
    text: {
      key: 'duty.words',
      params: {
        words: [
          app.texts.render({ key: 'inspection.fixed', params }),
          ...(isLast ? [app.texts.render({ key: 'inspection.allFixed', params: { date } })] : []),
        ].join('\n'),
      },
    },
    lane: 'reminder',
    dueAtMs: app.clock.nowMs(),
  });
}
