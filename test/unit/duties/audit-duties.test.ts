import { describe, expect, it } from 'vitest';
import { createAuditor } from '#src/app/duties/audit-duties.ts';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { sendHeartbeat } from '#src/app/duties/send-heartbeat.ts';
import { createDutyClock } from '#src/app/duties/tick-duties.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { buildCalendar } from '#src/calendar/build-calendar.ts';
import { USUAL_HOURS } from '#src/domain/calendar/calendar.ts';
import { admin, at, chair, dung, dutyWorld, head, member } from './duty-world.ts';

const MORNING = '2024-04-22 07:15';
const withAddresses = [dung, head, chair, admin];

/** The ward at 7:15 of a Monday three weeks before DL-2, whose duties were opened and ticked. */
async function ward(options: { staff?: readonly StaffMember[]; when?: string; unknownYears?: true } = {}) {
  const bench = await dutyWorld({ nowMs: at('2024-04-22 06:00'), staff: options.staff ?? withAddresses });
  const alerts: string[] = [];
  const app = {
    ...bench.app,
    staff: {
      ...bench.app.staff,
      withRole: () => Promise.resolve(bench.world.staff.filter(({ roles }) => roles.includes('admin'))),
    },
    alerts: { raise: (kind: string) => Promise.resolve(void alerts.push(kind)) },
    ...(options.unknownYears
      ? {
          calendar: buildCalendar({
            fromYear: 2023,
            toYear: 2026,
            officeHours: USUAL_HOURS,
            decisions: { years: [] },
          }),
        }
      : {}),
  };
  await openPlanDuties(app);
  const audit = createAuditor(app);
  bench.world.nowMs = at(options.when ?? MORNING);
  return {
    ...bench,
    app,
    alerts,
    audit,
    change: async (id: string, change: Partial<Duty>) => {
      const duty = await app.duties.get(id);
      if (!duty) throw new Error(`no duty ${id}`);
      await app.duties.save({ ...duty, ...change, rev: duty.rev + 1 }, duty.rev);
    },
    told: () =>
      bench.textOf(`audit.${new Date(bench.world.nowMs + 7 * 3_600_000).toISOString().slice(0, 10)}.quan`),
  };
}

describe('the auditor of duties', () => {
  it('says every working morning, once, that all have somebody and their reminders', async () => {
    const { world, audit, told, rows } = await ward();
    world.nowMs = at('2024-04-22 07:14');
    await audit();
    expect(rows).toEqual([]);
    world.nowMs = at(MORNING);
    for (let n = 0; n < 3; n += 1) await audit();
    expect(rows).toEqual(['audit.2024-04-22.quan']);
    expect(await told()).toMatch(
      /^Anh Quân: tất cả [1-9]\d* việc đến hạn trong 30 ngày tới đều có người và lịch nhắc\.$/u,
    );
    world.nowMs = at('2024-04-27 09:00');
    await audit();
    expect(rows).toHaveLength(1);
  });

  it('says nothing twice when another process audits the same day', async () => {
    const { app, audit, rows } = await ward();
    await audit();
    await createAuditor(app)();
    expect(rows).toEqual(['audit.2024-04-22.quan']);
  });

  it('finds a duty with nobody', async () => {
    const { audit, change, told } = await ward();
    await change('DL-2.2024', { responsibleId: null });
    await audit();
    expect(await told()).toContain('hạn 09/5: chưa giao ai.');
  });

  it('finds a duty whose person has left', async () => {
    const { world, audit, told } = await ward();
    world.staff = world.staff.map((one) => (one === dung ? { ...dung, active: false } : one));
    await audit();
    expect(await told()).toContain('hạn 09/5: chưa giao ai.');
  });

  it('finds a duty whose person no reminder can reach', async () => {
    const away = member('dung', { name: 'Trần Tiến Dũng', contact: false });
    const { audit, told } = await ward({ staff: [away, head, chair, admin] });
    await audit();
    expect(await told()).toContain('hạn 09/5: anh Dũng chưa vào kênh nên tin nhắc không đến được.');
  });

  it.each([
    ['is looked at no more', { nextAtMs: null }],
    ['is looked at too late', { nextAtMs: at('2024-05-09 23:00') }],
  ])('finds a duty that %s', async (_name, change) => {
    const ward2 = await ward();
    await ward2.change('DL-2.2024', change);
    await ward2.audit();
    expect(await ward2.told()).toContain('hạn 09/5: không còn lịch nhắc.');
  });

  it('finds a duty of the plan that is not there', async () => {
    const { app, told } = await ward();
    const duties = {
      ...app.duties,
      dueBetween: async () => (await app.duties.list()).filter(({ id }) => id !== 'DL-2.2024'),
    };
    await createAuditor({ ...app, duties })();
    expect(await told()).toContain('hạn 09/5: kế hoạch có, máy chưa nhắc ai.');
  });

  it('finds a calendar that is not loaded: of this year, and from October of the next', async () => {
    const spring = await ward({ unknownYears: true });
    await spring.audit();
    expect(await spring.told()).toContain('Lịch nghỉ năm 2024 chưa nạp');
    expect(await spring.told()).not.toContain('2025');
    const autumn = await ward({ unknownYears: true, when: '2024-10-01 07:30' });
    await autumn.audit();
    expect(await autumn.told()).toContain('Lịch nghỉ năm 2025 chưa nạp');
  });

  it('says on a day off, too, what is wrong', async () => {
    const { audit, change, told } = await ward({ when: '2024-04-28 07:30' });
    await change('DL-2.2024', { responsibleId: null });
    await audit();
    expect(await told()).toContain('chưa giao ai');
  });

  it('finds a tick that has been dead for an hour, and no sooner', async () => {
    const { app, world, alerts, audit } = await ward();
    const tick = createDutyClock(app);
    await tick();
    const tickedMs = world.nowMs;
    world.nowMs = tickedMs + 60 * 60_000;
    await audit();
    expect(alerts).toEqual([]);
    world.nowMs += 1;
    await audit();
    expect(alerts).toEqual(['dutyTickDead']);
    await tick();
    await audit();
    expect(alerts).toHaveLength(1);
  });

  it('gives the tick an hour after the bot was off for long', async () => {
    const { app, world, alerts } = await ward();
    await createDutyClock(app)();
    world.nowMs += 26 * 60 * 60_000;
    const afterwards = createAuditor(app);
    await afterwards();
    expect(alerts).toEqual([]);
    world.nowMs += 61 * 60_000;
    await afterwards();
    expect(alerts).toEqual(['dutyTickDead']);
  });
});

describe('the heartbeat', () => {
  it('beats while reminders are looked for, and is silent when they are not', async () => {
    const { app, world } = await ward();
    let beats = 0;
    const beat = () => Promise.resolve(void (beats += 1));
    await sendHeartbeat(app, beat);
    expect(beats).toBe(0);
    await createDutyClock(app)();
    await sendHeartbeat(app, beat);
    expect(beats).toBe(1);
    world.nowMs += 5 * 60_000 + 1;
    await sendHeartbeat(app, beat);
    expect(beats).toBe(1);
  });

  it('is no trouble of ours when the monitor is out of reach', async () => {
    const { app } = await ward();
    await createDutyClock(app)();
    await expect(sendHeartbeat(app, () => Promise.reject(new Error('down')))).resolves.toBeUndefined();
  });
});
