import { expect, it } from 'vitest';
import { tickDuties } from '#src/app/duties/tick-duties.ts';
import { watchCalendar } from '#src/app/duties/watch-calendar.ts';
import { admin, at, calendar, dutyWorld } from './duty-world.ts';

const untold = { ...calendar, knownYears: new Set([2024]) };

it("makes next year's missing days off the duty of an admin from October on, once, until they are known", async () => {
  const { app, world, textOf, rows } = await dutyWorld({ nowMs: at('2024-09-30 09:00') });
  await watchCalendar({ ...app, calendar: untold });
  expect(await app.duties.list()).toEqual([]);
  world.nowMs = at('2024-10-01 09:00');
  await watchCalendar({ ...app, calendar: untold });
  await watchCalendar({ ...app, calendar: untold });
  const [duty, ...more] = await app.duties.list();
  expect(more).toEqual([]);
  expect(duty).toMatchObject({ id: 'LN.2025', responsibleId: admin.id, targetDate: '2024-12-20' });
  world.nowMs = at('2024-12-02 08:00');
  await tickDuties(app);
  const said = await Promise.all(rows.map(textOf));
  expect(said.join('\n')).toContain('Nạp lịch nghỉ và làm bù năm 2025');
  await watchCalendar({ ...app, calendar: { ...calendar, knownYears: new Set([2024, 2025]) } });
  expect(await app.duties.get('LN.2025')).toMatchObject({ state: 'done', nextAtMs: null });
});

it('opens it late in the year, too, for the same day, and not again where somebody called it done', async () => {
  const { app, world } = await dutyWorld({ nowMs: at('2024-12-30 09:00') });
  await watchCalendar({ ...app, calendar: untold });
  const duty = await app.duties.get('LN.2025');
  expect(duty).toMatchObject({ targetDate: '2024-12-30', state: 'open' });
  if (duty) await app.duties.save({ ...duty, state: 'done', nextAtMs: null, rev: duty.rev + 1 }, duty.rev);
  world.nowMs = at('2024-12-31 09:00');
  await watchCalendar({ ...app, calendar: untold });
  expect(await app.duties.list()).toHaveLength(1);
});
