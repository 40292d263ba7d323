import { describe, expect, it } from 'vitest';
import { previewReminders } from '#src/domain/duties/preview-reminders.ts';
import { fillChain, pickChain } from '#src/domain/duties/chain.ts';
import { openDuties } from '#src/domain/duties/open-duties.ts';
import { tickDuty, USUAL_TICK } from '#src/domain/duties/tick-duty.ts';
import { plan as wholePlan } from '#test/support/conversation.ts';
import {
  answer,
  at,
  calendar,
  chair,
  dung,
  everyone,
  head,
  human,
  member,
  opened,
  plan,
  run,
  said,
  staff,
} from './duty-world.ts';

describe('the duties of a year', () => {
  it.each([
    ['DL-1', 2024, '2024-03-19', '2024-03-19'],
    ['DL-2', 2024, '2024-05-09', '2024-05-09'],
    ['DL-2', 2025, '2025-05-09', '2025-05-09'],
    ['DL-2', 2026, '2026-05-09', '2026-05-08'],
    ['DL-2', 2027, '2027-05-09', '2027-05-07'],
    ['DL-3', 2024, '2024-11-09', '2024-11-08'],
    ['DL-3', 2025, '2025-11-09', '2025-11-07'],
    ['DL-3', 2026, '2026-11-09', '2026-11-09'],
    ['DL-3', 2027, '2027-11-09', '2027-11-09'],
  ])('%s of %i is due by the end of %s and aimed at %s', (id, year, due, target) => {
    const duty = opened(`${id}.${year}`, year);
    expect(human(duty.dueAtMs)).toBe(`${due} 23:59`);
    expect(duty.targetDate).toBe(target);
  });

  it.each([
    [2025, '2025-03-19'],
    [2026, '2026-03-19'],
    [2027, '2027-03-19'],
  ])('aims a plan due before 20/3 of %i at %s, should the ward repeat it', (year, target) => {
    const [first] = plan.deadlines;
    if (!first) throw new Error('no deadlines');
    const yearly = {
      ...plan,
      deadlines: [{ ...first, before: { kind: 'yearly' as const, month: 3, day: 20 } }],
    };
    const [duty] = openDuties(yearly, year, staff, calendar, at(`${year}-01-01 00:00`));
    expect(duty?.targetDate).toBe(target);
  });

  it('are DL-1 in 2024 alone, and the reports every year', () => {
    const ids = (year: number) =>
      openDuties(plan, year, staff, calendar, at(`${year}-01-01 00:00`)).map((duty) => duty.id);
    expect(ids(2024)).toEqual(['DL-1.2024', 'DL-2.2024', 'DL-3.2024', 'KT-3.2024-06-12', 'KT-3.2024-10-16']);
    expect(ids(2025)).toEqual(['DL-2.2025', 'DL-3.2025']);
  });

  it('of a rhythm stand on its day of each month, the last one where the month is shorter, each quarter, or each year', () => {
    const [monthly] = wholePlan.routines;
    if (!monthly) throw new Error('the plan has no routine');
    const daysOf = (rule: (typeof monthly.on)[number]) =>
      openDuties({ ...wholePlan, routines: [{ ...monthly, on: [rule] }] }, 2024, staff, calendar, 0)
        .filter(({ ruleId }) => ruleId === monthly.id)
        .map(({ dueAtMs }) => human(dueAtMs).slice(5, 10));
    expect(daysOf({ kind: 'monthly', day: 31 })).toEqual([
      '01-31',
      '02-29',
      '03-31',
      '04-30',
      '05-31',
      '06-30',
      '07-31',
      '08-31',
      '09-30',
      '10-31',
      '11-30',
      '12-31',
    ]);
    expect(daysOf({ kind: 'quarterly', monthOfQuarter: 3, day: 20 })).toEqual([
      '03-20',
      '06-20',
      '09-20',
      '12-20',
    ]);
    expect(daysOf({ kind: 'quarterly', monthOfQuarter: 1, day: 5 })).toEqual([
      '01-05',
      '04-05',
      '07-05',
      '10-05',
    ]);
    expect(daysOf({ kind: 'yearly', month: 6, day: 28 })).toEqual(['06-28']);
  });

  it('are hung on another where they come before it, by working days, however often it comes', () => {
    const [monthly] = wholePlan.routines;
    if (!monthly) throw new Error('the plan has no routine');
    const dated = { ...monthly, id: 'NV-50', on: [{ kind: 'yearly' as const, month: 6, day: 29 }] };
    const ahead = (of: string) => ({ ...monthly, on: [{ kind: 'ahead' as const, of, workingDays: 3 }] });
    const hung = (of: string) =>
      openDuties({ ...wholePlan, routines: [dated, ahead(of)] }, 2024, staff, calendar, 0)
        .filter(({ ruleId }) => ruleId === monthly.id)
        .map(({ id, dueAtMs, precedes }) => [id, human(dueAtMs), precedes?.dutyId]);
    // 29/6/2024 is a Saturday.
    expect(hung('NV-50')).toEqual([
      [`${monthly.id}.NV-50.2024-06-29`, '2024-06-25 23:59', 'NV-50.2024-06-29'],
    ]);
    expect(hung('DL-2')).toEqual([[`${monthly.id}.DL-2.2024`, '2024-05-06 23:59', 'DL-2.2024']]);
  });

  it('of a week stand on its weekday, but for weeks of days off, and open two weeks before', () => {
    const [routine] = wholePlan.routines;
    if (!routine) throw new Error('the plan has no routine');
    const weekly = {
      ...wholePlan,
      routines: [{ ...routine, on: [{ kind: 'weekly', weekday: 5 } as const] }],
    };
    const daysOf = (year: number, now: string, howFar?: 'all') =>
      openDuties(weekly, year, staff, calendar, at(now), howFar)
        .filter(({ ruleId }) => ruleId === routine.id)
        .map(({ id }) => id.slice(-5));
    expect(daysOf(2024, '2024-03-18 09:00')).toEqual(['03-22', '03-29']);
    expect(daysOf(2024, '2024-12-20 09:00')).toEqual(['12-20', '12-27']);
    expect(daysOf(2025, '2024-12-20 09:00')).toEqual(['01-03']);
    const all = daysOf(2026, '2026-01-01 00:00', 'all');
    expect(all.slice(0, 8)).toEqual(['01-02', '01-09', '01-16', '01-23', '01-30', '02-06', '02-13', '02-27']);
    expect(all).toHaveLength(51);
  });

  it('never hold an inspection that is not announced, even where it has days', () => {
    const secret = {
      ...plan,
      inspections: plan.inspections.map((inspection) => ({ ...inspection, announced: false })),
    };
    const ids = openDuties(secret, 2024, staff, calendar, 0).map((duty) => duty.id);
    expect(ids.every((id) => id.startsWith('DL-'))).toBe(true);
  });

  it('leave out what was due before the plan came in, and do not make up for its rungs', () => {
    const now = at('2024-05-08 10:00');
    const duties = openDuties(plan, 2024, staff, calendar, now);
    expect(duties.map((duty) => duty.id)).not.toContain('DL-1.2024');
    const duty = duties.find(({ id }) => id === 'DL-2.2024');
    expect(human(duty?.nextAtMs ?? 0)).toBe('2024-05-09 07:30');
  });

  it('go to the recipient of the day: the city in 2024, the province after it was abolished', () => {
    expect(opened('DL-2.2024', 2024).recipient).toContain('thành phố');
    expect(opened('DL-3.2026', 2026).recipient).toContain('tỉnh Quảng Ninh');
  });

  it('have a chain: somebody of the unit, its leader, the chairperson', () => {
    expect(pickChain(staff, 'office', 'steering-committee')).toEqual({
      responsibleId: 'dung',
      headId: 'hoa',
      chairpersonId: 'thang',
    });
    const lead = member('binh', { roles: ['leader'], unitId: 'steering-committee' });
    expect(pickChain([head, lead], 'office', 'steering-committee')).toEqual({
      responsibleId: 'hoa',
      headId: 'binh',
      chairpersonId: null,
    });
    expect(pickChain([], 'office', null)).toEqual({ responsibleId: null, headId: null, chairpersonId: null });
  });

  it('keep their chain; only its gaps are filled by who comes later', () => {
    const empty = openDuties(plan, 2024, [dung], calendar, 0)[0];
    if (!empty) throw new Error('no duty');
    const other = member('an', { unitId: 'office' });
    const filled = fillChain(empty, [other, dung, head, chair], null);
    expect([filled.responsibleId, filled.headId, filled.chairpersonId]).toEqual(['dung', 'hoa', 'thang']);
  });
});

describe('the ladder', () => {
  it('of the report of 10/5/2024 stands on working days counted back over the holidays', () => {
    const duty = opened('DL-2.2024', 2024);
    const reminders = duty.rungs.filter((rung) => rung.kind === 'remind' || rung.kind === 'due-today');
    expect(reminders.map((rung) => human(rung.atMs))).toEqual([
      '2024-04-16 07:30',
      '2024-04-26 07:30',
      '2024-05-06 07:30',
      '2024-05-08 07:30',
      '2024-05-09 07:30',
      '2024-05-09 15:00',
    ]);
    expect(human(duty.rungs.find((rung) => rung.kind === 'overdue')?.atMs ?? 0)).toBe('2024-05-10 07:30');
  });

  it('is climbed one rung at a time, to the responsible person alone while they answer', () => {
    let duty = opened('DL-2.2024', 2024);
    for (const day of ['04-16', '04-26', '05-06', '05-08', '05-09']) {
      const tick = tickDuty(duty, at(`2024-${day} 07:30`), everyone);
      expect(tick.reminders.map(({ to }) => to)).toEqual(['responsible']);
      duty = answer(tick.duty, { kind: 'acknowledge' }, `2024-${day} 09:00`);
      expect(duty.state).toBe('acknowledged');
    }
  });

  it('tells the head at the next rung when nobody answers, then the chairperson', () => {
    expect(
      run(opened('DL-2.2024', 2024), ['2024-04-16 07:30', '2024-04-26 07:30', '2024-05-06 07:30']).said,
    ).toEqual({
      '2024-04-16 07:30': ['remind responsible'],
      '2024-04-26 07:30': ['remind responsible', 'remind head'],
      '2024-05-06 07:30': ['remind responsible', 'remind head', 'remind chairperson'],
    });
  });

  it('starts from the responsible person again after any answer, but goes on', () => {
    const first = run(opened('DL-2.2024', 2024), ['2024-04-16 07:30', '2024-04-26 07:30']);
    const seen = answer(first.duty, { kind: 'acknowledge' }, '2024-04-26 14:00');
    const then = run(seen, ['2024-05-06 07:30', '2024-05-08 07:30']);
    expect(then.said).toEqual({
      '2024-05-06 07:30': ['remind responsible'],
      '2024-05-08 07:30': ['remind responsible', 'remind head', 'remind chairperson'],
    });
  });

  it('tells everyone that it is overdue whatever was answered, and ends when it is done', () => {
    const last = run(opened('DL-2.2024', 2024, at('2024-05-09 00:00')), ['2024-05-09 07:30']);
    const seen = answer(last.duty, { kind: 'acknowledge' }, '2024-05-09 09:00');
    const late = run(seen, ['2024-05-09 15:00', '2024-05-10 07:30']);
    expect(late.said['2024-05-10 07:30']).toEqual([
      'overdue responsible',
      'overdue head',
      'overdue chairperson',
    ]);
    const done = answer(late.duty, { kind: 'done', proof: '125/BC-UBND' }, '2024-05-10 10:00');
    expect(done).toMatchObject({ state: 'done', nextAtMs: null, proof: '125/BC-UBND' });
    expect(tickDuty(done, at('2024-05-13 07:30'), everyone).duty).toBe(done);
  });

  it('says nothing twice at one instant, and nothing before its time', () => {
    const duty = opened('DL-2.2024', 2024);
    expect(tickDuty(duty, at('2024-04-16 07:29'), everyone).duty).toBe(duty);
    const once = tickDuty(duty, at('2024-04-16 07:30'), everyone).duty;
    expect(tickDuty(once, at('2024-04-16 07:30'), everyone).duty).toBe(once);
  });

  it('sends one late message a person after 26 h of silence of the machine', () => {
    const before = run(opened('DL-2.2024', 2024, at('2024-05-06 00:00')), ['2024-05-06 07:30']).duty;
    const seen = answer(before, { kind: 'acknowledge' }, '2024-05-08 07:00');
    const up = tickDuty(seen, at('2024-05-09 09:00'), everyone);
    expect(said(up)).toEqual(['due-today responsible late']);
    const passedOver = up.duty.history.filter((entry) => entry.action === 'skipped');
    expect(passedOver.map((entry) => entry.detail)).toEqual(['collapsed', 'collapsed', 'collapsed']);
    expect(human(up.duty.nextAtMs ?? 0)).toBe('2024-05-09 15:00');
  });

  it('sends nothing older than three days after 9 days, and goes on with the next rung', () => {
    const up = tickDuty(opened('DL-2.2024', 2024), at('2024-04-25 07:00'), everyone);
    expect(up.reminders).toEqual([]);
    expect(human(up.duty.nextAtMs ?? 0)).toBe('2024-04-26 07:30');
  });

  it('hands a message up when somebody has not joined, and names what nobody can hear', () => {
    const duty = opened('DL-2.2024', 2024);
    const only = (...ids: string[]) => ({
      ...USUAL_TICK,
      inPlaceOf: (id: string) => (ids.includes(id) ? id : null),
    });
    expect(said(tickDuty(duty, at('2024-04-16 07:30'), only('hoa')))).toEqual(['remind head']);
    expect(said(tickDuty(duty, at('2024-04-16 07:30'), only('thang')))).toEqual(['remind chairperson']);
    const unheard = tickDuty(duty, at('2024-04-16 07:30'), only());
    expect(unheard.reminders).toEqual([]);
    expect(unheard.unheard).toBe('0');
  });

  it('writes to one person once, whatever places they hold in the chain', () => {
    const duty = { ...opened('DL-2.2024', 2024), headId: 'dung', chairpersonId: 'dung' };
    const { said: all } = run(duty, ['2024-04-16 07:30', '2024-04-26 07:30']);
    expect(all['2024-04-26 07:30']).toEqual(['remind responsible']);
  });

  it('previews what is still to come if nobody answers, in order and with who gets it', () => {
    const duties = [opened('DL-3.2024', 2024), opened('DL-2.2024', 2024)];
    const coming = previewReminders(duties, {
      calendar,
      nowMs: at('2024-04-10 10:00'),
      fromMs: at('2024-05-09 00:00'),
      toMs: at('2024-05-09 23:00'),
      toldToday: () => 0,
      inPlaceOf: (id) => (id === 'hoa' ? 'deputy' : id),
    });
    const said = coming.map(({ dutyId, kind, atMs, told }) => [
      dutyId,
      kind,
      human(atMs),
      told?.staffId ?? 'nobody',
    ]);
    expect(said.map((one) => one.join(' '))).toEqual([
      'DL-2.2024 due-today 2024-05-09 07:30 dung',
      'DL-2.2024 due-today 2024-05-09 07:30 deputy',
      'DL-2.2024 due-today 2024-05-09 07:30 thang',
      'DL-2.2024 due-today 2024-05-09 15:00 dung',
      'DL-2.2024 due-today 2024-05-09 15:00 deputy',
      'DL-2.2024 due-today 2024-05-09 15:00 thang',
    ]);
  });
});
