import { nextOpening } from '#src/domain/calendar/calendar.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { presentDay } from '../present.ts';
import { performByOfficer } from './perform-act.ts';
import { dueOf, tellResident } from './tell-resident.ts';
import { answerOfficer } from './tell-staff.ts';

/** Somebody outside the ward's offices has to do it. The ward still owns the case: its term runs, and it asks again on a day. */
export async function waitOutside(
  app: App,
  context: EffectContext,
  caseId: string,
  body: string,
  day: LocalDate,
): Promise<void> {
  // As the office opens on that day, or on the next working day.
  const checkAtMs = nextOpening(app.calendar, atLocal(day, '00:00'));
  const done = await performByOfficer(app, context, caseId, { kind: 'wait-outside', body, checkAtMs });
  if (!done) return;
  const { matter } = done;
  const { weekday, date } = presentDay(app.texts, checkAtMs);
  const params = { code: matter.code, body, day: `${weekday} ${date}`, due: dueOf(app, matter) };
  await tellResident(app, matter, { id: context.id, text: { key: 'mycase.outside', params } });
  await answerOfficer(app, context, matter, { key: 'casework.done.wait-outside', params });
}
