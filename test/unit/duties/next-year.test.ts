import { expect, it } from 'vitest';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { previewReminders } from '#src/app/duties/preview-reminders.ts';
import { auditDuties } from '#src/domain/duties/audit-duties.ts';
import type { Plan, Routine } from '#src/domain/plan.ts';
import { plan as wholePlan } from '#test/support/conversation.ts';
import { at, calendar, chair, dung, dutyWorld, head, human, plan } from './duty-world.ts';

const staff = [dung, head, chair];
/** NV-5 is due on 31/1 of each year, in 2025 in Tết; what comes before it sixty working days before the 24th, in the year before. */
const routines = wholePlan.routines
  .filter(({ id }) => id === 'NV-5' || id === 'NV-8')
  .map((routine): Routine =>
    routine.id === 'NV-8' ? { ...routine, on: [{ kind: 'ahead', of: 'NV-5', workingDays: 60 }] } : routine,
  );
const ahead: Plan = { ...plan, routines };
const FIRST = 'NV-8.NV-5.2025-01-31';

it('what comes long before something of January opens in time for its first reminder', async () => {
  const { app, world } = await dutyWorld({ nowMs: at('2024-06-03 07:30'), staff, plan: ahead });
  await openPlanDuties(app);
  expect(await app.duties.get(FIRST)).toBeNull();
  world.nowMs = at('2024-10-01 07:30');
  await openPlanDuties(app);
  const duty = await app.duties.get(FIRST);
  expect([human(duty?.dueAtMs ?? 0), human(duty?.nextAtMs ?? 0)]).toEqual([
    '2024-10-31 23:59',
    '2024-10-24 07:30',
  ]);
  expect(await app.duties.get('NV-5.2025-01-31')).toBeNull();
});

it('and is missing to the auditor where it was not opened', () => {
  const nowMs = at('2024-10-15 07:30');
  const { faults } = auditDuties({ plan: ahead, duties: [], staff, calendar, nowMs });
  expect(faults).toContainEqual(
    expect.objectContaining({ kind: 'not-opened', duty: expect.objectContaining({ id: FIRST }) as unknown }),
  );
});

it('the preview lists what the plan opens only late in the year', async () => {
  const { app } = await dutyWorld({ nowMs: at('2024-06-03 07:30'), staff });
  await openPlanDuties(app);
  const listed = await previewReminders(app, at('2025-04-01 00:00'), at('2025-05-09 23:59'));
  const times = listed.filter(({ dutyId, told }) => dutyId === 'DL-2.2025' && told?.to === 'responsible');
  expect(times.map(({ atMs }) => human(atMs)).at(-1)).toBe('2025-05-09 15:00');
});
