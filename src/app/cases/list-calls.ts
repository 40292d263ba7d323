import type { Case } from '#src/domain/case.ts';
import { atLocal, localDateOf } from '#src/domain/calendar/local-time.ts';
import { isOfficeDay, OFFICE_OPENS } from '#src/domain/calendar/office-day.ts';
import { listNumber } from '#src/domain/conversation/choices.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { presentDay } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { officersOf } from './announce-case.ts';

const LOOKED_AT = 200;
/** As many as fit on a screen, and have a number each. */
const SHOWN = 15;

/**
 * Each working morning at eight whoever handles cases gets one list of the residents who asked to be called: what nobody has
 * taken, and what they have themselves. Safe to run twice: the list has the day's id.
 */
export async function listCalls(app: App, signal?: AbortSignal): Promise<void> {
  const nowMs = app.clock.nowMs();
  const today = localDateOf(nowMs);
  if (!isOfficeDay(app.calendar, nowMs)) return;
  const waiting = (await app.cases.openCalls(LOOKED_AT)).filter(
    ({ createdAtMs }) => createdAtMs < atLocal(today, OFFICE_OPENS),
  );
  for (const [unitId, ofUnit] of Map.groupBy(waiting, (matter) => matter.unitId)) {
    for (const officer of await officersOf(app, unitId)) {
      if (signal?.aborted) return;
      const mine = ofUnit.filter(({ handlerId }) => handlerId === null || handlerId === officer.id);
      if (mine.length === 0 || (await app.deliveries.get(listId(today, officer)))) continue;
      await tell(app, officer, mine.slice(0, SHOWN), today);
    }
  }
}

const listId = (today: LocalDate, { id }: StaffMember): string => `calls.${today}.${id}`;

async function tell(
  app: App,
  officer: StaffMember,
  matters: readonly Case[],
  today: LocalDate,
): Promise<void> {
  const id = listId(today, officer);
  const lines = matters.map((matter, index) =>
    app.texts.render({
      key: matter.phone === null ? 'casework.calls.lineBare' : 'casework.calls.line',
      params: {
        number: listNumber(index),
        code: matter.code,
        phone: matter.phone ?? '',
        ...presentDay(app.texts, matter.createdAtMs),
      },
    }),
  );
  await notifyStaff(app, {
    id,
    staff: officer,
    text: { key: 'casework.calls.title', params: { lines: lines.join('\n') } },
    prompt: {
      id,
      subject: { kind: 'work-list' },
      choices: matters.map((matter, index) => ({
        number: listNumber(index),
        value: matter.id,
        label: matter.code,
      })),
    },
    // They stand in the text with their numbers.
    written: [],
    lane: 'reminder',
    dueAtMs: app.clock.nowMs(),
  });
}
