import { describe, expect, it } from 'vitest';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { actOnVisit, type VisitAct } from '#src/domain/inspections/act-on-visit.ts';
import { isInCharge, isOfTeam, maySeeVisit, rulesToPlan } from '#src/domain/inspections/may-see.ts';
import { planVisit, type WantedVisit, workingDaysIn } from '#src/domain/inspections/plan-visit.ts';
import { tickVisit } from '#src/domain/inspections/tick-visit.ts';
import { changedVisit, type Visit } from '#src/domain/inspections/visit.ts';
import { KINDS_OF_INSPECTION, isAnnounced } from '#src/domain/plan-inspections.ts';
import { ROLE_IDS } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { calendar, member } from '#test/unit/duties/duty-world.ts';
import { plan } from '#test/support/conversation.ts';

const NOW_MS = atLocal('2024-06-03', '09:00');
const lead = member('lead', { roles: ['inspector', 'leader'], unitId: 'steering-committee' });
const second = member('second', { roles: ['inspector'], unitId: 'political-organisations' });
const officer = member('officer', { roles: ['handler'], unitId: 'office' });
const chair = member('chair', { roles: ['chairperson'], unitId: 'chairperson' });
const staff: readonly StaffMember[] = [lead, second, officer, chair];

const planned = (wanted: Partial<WantedVisit> = {}, by = lead) =>
  planVisit(
    {
      ...{ id: 'v1', ruleId: 'KT-3', kind: 'ad-hoc', unitId: 'office', day: '2024-06-12' },
      team: ['lead', 'second'],
      ...wanted,
    },
    ...([by, plan, staff, calendar, NOW_MS] as const),
  );

function visit(wanted: Partial<WantedVisit> = {}): Visit {
  const found = planned(wanted);
  if (found.kind !== 'planned') throw new Error(found.kind);
  return found.visit;
}

const opened = (one = visit()): Visit => tickVisit(one, atLocal('2024-06-12', '07:30')).visit;

describe('planning a visit', () => {
  it('is refused where somebody of the team works in the unit that is looked at, and says who', () => {
    expect(planned({ team: ['lead', 'officer'] })).toEqual({ kind: 'of-unit', people: [officer] });
  });

  it('is refused to whoever works in that unit, whatever their roles', () => {
    const admin = member('admin', { roles: ['admin', 'chairperson'], unitId: 'office' });
    expect(planned({}, admin)).toEqual({ kind: 'not-in-plan' });
    expect(planned({ unitId: 'finance' }, admin).kind).toBe('planned');
  });

  it('is for the inspectors of the plan, the chairperson and admins', () => {
    const may = (by: StaffMember) => rulesToPlan(plan, by).map(({ id }) => id);
    expect(may(lead)).toEqual(['KT-2', 'KT-3']);
    expect(may(chair)).toEqual(['KT-1', 'KT-2', 'KT-3', 'KT-4', 'KT-5', 'KT-6', 'KT-7']);
    expect(may(second)).toEqual([]);
    expect(may({ ...lead, active: false })).toEqual([]);
    expect(planned({}, second)).toEqual({ kind: 'not-allowed' });
  });

  it.each([
    ['a kind that the plan does not name', { kind: 'thematic' }, 'not-in-plan'],
    ['a unit that it does not name', { unitId: 'peoples-committee' }, 'not-in-plan'],
    ['no unit where it names several', { unitId: null }, 'not-in-plan'],
    ['a day that is over', { day: '2024-06-02' }, 'past'],
    ['nobody', { team: [] }, 'no-team'],
    ['somebody unknown', { team: ['ghost'] }, 'no-team'],
  ] as const)('is refused with %s', (_, wanted, kind) => {
    expect(planned(wanted).kind).toBe(kind);
  });

  it('takes the only kind and unit of the plan without being told', () => {
    const office = member('head', { roles: ['leader'], unitId: 'office' });
    const wanted = { id: 'v2', ruleId: 'KT-4', kind: null, unitId: null, day: '2024-06-04', team: ['lead'] };
    const found = planVisit(wanted, office, plan, staff, calendar, NOW_MS);
    expect(found).toMatchObject({ visit: { kind: 'regular', unitId: 'one-stop', isAnnounced: true } });
  });

  it('announces by the ladder of the plan and nothing where it comes by surprise', () => {
    const at = (one: Visit) => one.notices.map(({ kind, atMs }) => [kind, new Date(atMs).toISOString()]);
    expect(at(visit({ kind: 'periodic' }))).toEqual([
      ['announce', '2024-06-05T00:30:00.000Z'],
      ['announce', '2024-06-11T00:30:00.000Z'],
      ['day', '2024-06-12T00:30:00.000Z'],
      ['unclosed', '2024-06-13T01:00:00.000Z'],
    ]);
    expect(visit().notices.map(({ kind }) => kind)).toEqual(['day', 'unclosed']);
  });

  it('announces at once what should have been announced before', () => {
    const late = visit({ kind: 'periodic', day: '2024-06-04' }).notices;
    expect(late.filter(({ kind }) => kind === 'announce')).toEqual([{ kind: 'announce', atMs: NOW_MS }]);
  });

  it('planned in the course of its own day is told to the team at once', () => {
    const today = visit({ day: '2024-06-03' });
    expect(tickVisit(today, NOW_MS)).toMatchObject({ say: { kind: 'day' }, visit: { state: 'open' } });
  });

  it('planned in the course of its own day, and announced, is told to the unit first, then to the team', () => {
    const today = visit({ kind: 'periodic', day: '2024-06-03' });
    const first = tickVisit(today, NOW_MS);
    expect(first).toMatchObject({
      say: { kind: 'announce' },
      visit: { state: 'planned', nextAtMs: NOW_MS - 5_400_000 },
    });
    const second = tickVisit(first.visit, NOW_MS + 15_000);
    expect(second).toMatchObject({ say: { kind: 'day' }, visit: { state: 'open' } });
  });

  it('never announces what comes by surprise, nor anything where the plan announces none', () => {
    const announced = (isSaid: boolean) =>
      KINDS_OF_INSPECTION.filter((kind) => isAnnounced({ announced: isSaid }, kind));
    expect(announced(true)).toEqual(['periodic', 'thematic', 'regular']);
    expect(announced(false)).toEqual([]);
  });

  it('draws among working days: no weekend, no holiday', () => {
    expect(workingDaysIn(calendar, '2024-04-27', '2024-05-06')).toEqual([
      '2024-05-02',
      '2024-05-03',
      '2024-05-04',
      '2024-05-06',
    ]);
  });
});

describe('a visit that comes by surprise', () => {
  const everyRole = (unitId: string) => member('x', { roles: ROLE_IDS, unitId });

  it('is seen by nobody of the unit before it is closed, with whatever role, as whose deputy, even of the team', () => {
    for (const one of [visit(), opened(), changedVisit(visit(), { state: 'cancelled' })]) {
      expect(maySeeVisit(one, everyRole('office'))).toBe(false);
      expect(maySeeVisit(one, { ...everyRole('office'), standsInFor: ['lead', 'chair'] })).toBe(false);
      expect(maySeeVisit(one, { ...lead, unitId: 'office' })).toBe(false);
      expect(isOfTeam(one, { ...lead, unitId: 'office' })).toBe(false);
      expect(isInCharge(one, { ...chair, unitId: 'office' }, 'chair')).toBe(false);
    }
  });

  it('is seen by its team, its planner, the leader of the inspectors and the chairperson, and by no other', () => {
    const seen = [lead, second, chair].map((one) => maySeeVisit(visit(), one));
    expect(seen).toEqual([true, true, true]);
    expect(maySeeVisit(visit({ team: ['second'] }), lead)).toBe(true);
    const others = [
      member('a', { roles: ['admin', 'leader'], unitId: 'finance' }),
      member('b', { roles: ['inspector'], unitId: 'steering-committee' }),
      { ...second, active: false },
    ];
    expect(others.map((one) => maySeeVisit(visit(), one))).toEqual([false, false, false]);
  });

  it('is seen by leaders once it is closed', () => {
    const closed = changedVisit(opened(), { state: 'closed' });
    const head = member('head', { roles: ['leader'], unitId: 'office' });
    expect([head, officer].map((one) => maySeeVisit(closed, one))).toEqual([true, false]);
  });
});

describe('a visit that was announced', () => {
  it('is seen by those of the unit, who get ready for it, until it is closed', () => {
    const announced = changedVisit(visit(), { isAnnounced: true });
    const one = member('one', { roles: ['handler'], unitId: 'office' });
    const other = member('other', { roles: ['handler'], unitId: 'finance' });
    const states = [
      announced,
      changedVisit(announced, { state: 'open' }),
      changedVisit(announced, { state: 'closed' }),
    ];
    expect(states.map((each) => maySeeVisit(each, one))).toEqual([true, true, false]);
    expect(states.map((each) => maySeeVisit(each, other))).toEqual([false, false, false]);
  });
});

describe('a visit on its day', () => {
  it('opens once, says so once, and asks the next working day why it is not closed', () => {
    const first = tickVisit(visit(), atLocal('2024-06-12', '07:30'));
    expect(first).toMatchObject({ say: { kind: 'day' }, visit: { state: 'open', rev: 2 } });
    expect(tickVisit(first.visit, atLocal('2024-06-12', '12:00'))).toEqual({ visit: first.visit, say: null });
    const next = tickVisit(first.visit, atLocal('2024-06-13', '08:00'));
    expect(next).toMatchObject({ say: { kind: 'unclosed' }, visit: { state: 'open', nextAtMs: null } });
  });

  it('says one thing after days without a tick: that its day came', () => {
    const late = tickVisit(visit({ kind: 'periodic' }), atLocal('2024-06-14', '09:00'));
    expect(late).toMatchObject({ say: { kind: 'day' }, visit: { state: 'open', nextAtMs: null } });
  });

  it('has nothing more to say once it is closed or called off', () => {
    for (const state of ['closed', 'cancelled'] as const) {
      const over = changedVisit(visit(), { state });
      expect(over.nextAtMs).toBeNull();
      expect(tickVisit(over, atLocal('2024-07-01', '09:00')).say).toBeNull();
    }
  });
});

describe('what is done on a visit', () => {
  const nowMs = atLocal('2024-06-12', '09:00');
  const act = (one: Visit, what: VisitAct, by = lead, id = what.kind) =>
    actOnVisit(one, what, { id, by, leaderId: 'lead', nowMs });
  const find = { kind: 'find', text: 'Vắng', severity: 'fix', term: '2024-06-20', photoIds: [] } as const;

  it('is done once, however often the same order comes', () => {
    const once = act(opened(), find);
    if (once.kind !== 'changed') throw new Error(once.kind);
    expect(once.visit.findings).toHaveLength(1);
    expect(act(once.visit, find)).toEqual({ kind: 'changed', visit: once.visit });
  });

  it('keeps answers of the checklist, each item by its newest', () => {
    const answered = act(opened(), { kind: 'answer', itemId: 'hours', verdict: 'not-ok' }, second);
    expect(answered).toMatchObject({ visit: { answers: { hours: 'not-ok' } } });
    expect(act(opened(), { kind: 'answer', itemId: 'ghost', verdict: 'ok' }).kind).toBe('unknown-item');
  });

  it('needs a day to come for what is to be put right, and none for a reminder', () => {
    expect(act(opened(), { ...find, term: null }).kind).toBe('no-term');
    expect(act(opened(), { ...find, term: '2024-06-11' }).kind).toBe('no-term');
    const reminder = act(opened(), { ...find, severity: 'remind' });
    expect(reminder).toMatchObject({ visit: { findings: [{ term: null }] } });
  });

  it('is for the team; closing and calling off for whoever leads it, planned it, or the chairperson', () => {
    const other = member('other', { roles: ['leader', 'admin'], unitId: 'finance' });
    expect(act(opened(), find, other).kind).toBe('not-yours');
    expect(act(opened(), find, chair).kind).toBe('not-yours');
    for (const by of [second, other]) expect(act(opened(), { kind: 'close' }, by).kind).toBe('not-yours');
    for (const by of [lead, chair])
      expect(act(opened(), { kind: 'close' }, by)).toMatchObject({ visit: { state: 'closed' } });
  });

  it('waits for the day, and ends with the closing; what is under way can be called off with a reason', () => {
    expect(act(visit(), find).kind).toBe('not-open');
    expect(act(visit(), { kind: 'close' }).kind).toBe('not-open');
    const off = act(visit(), { kind: 'cancel', reason: 'mưa bão' });
    expect(off).toMatchObject({ visit: { state: 'cancelled', history: [{}, { reason: 'mưa bão' }] } });
    const closed = changedVisit(opened(), { state: 'closed' });
    expect(act(closed, find).kind).toBe('not-open');
    expect(act(closed, { kind: 'cancel', reason: 'x' }).kind).toBe('not-open');
  });
});
