import { describe, expect, it } from 'vitest';
import { answerDuty } from '#src/domain/duties/answer-duty.ts';
import { changeDuty } from '#src/domain/duties/change-duty.ts';
import { nextLookMs } from '#src/domain/duties/ladder.ts';
import { tickDuty } from '#src/domain/duties/tick-duty.ts';
import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import type { StaffMember } from '#src/domain/staff.ts';
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
  run,
} from './duty-world.ts';

describe('a snooze', () => {
  const first = run(opened('DL-2.2024', 2024), ['2024-04-16 07:30']).duty;

  it('holds every rung until its end, then reminds once', () => {
    const snoozed = answer(first, { kind: 'snooze', untilMs: at('2024-04-22 07:30') }, '2024-04-16 09:00');
    expect(human(snoozed.nextAtMs ?? 0)).toBe('2024-04-22 07:30');
    const after = run(snoozed, ['2024-04-22 07:30', '2024-04-26 07:30']);
    expect(after.said).toEqual({
      '2024-04-22 07:30': ['again responsible'],
      '2024-04-26 07:30': ['remind responsible', 'remind head'],
    });
  });

  it('passes over a rung that falls into it', () => {
    const snoozed = answer(first, { kind: 'snooze', untilMs: at('2024-04-23 07:30') }, '2024-04-16 09:00');
    const longer = answer(snoozed, { kind: 'snooze', untilMs: at('2024-05-02 07:30') }, '2024-04-25 09:00');
    expect(run(longer, ['2024-04-26 07:30', '2024-05-02 07:30']).said).toEqual({
      '2024-04-26 07:30': [],
      '2024-05-02 07:30': ['again responsible'],
    });
  });

  it('is capped at a week, and at the morning of the last day', () => {
    const far = answerDuty(
      first,
      { kind: 'snooze', untilMs: at('2024-05-30 07:30') },
      dung,
      'x',
      at('2024-04-16 09:00'),
      calendar,
    );
    expect(far).toMatchObject({ kind: 'snoozed', capped: true });
    expect(far.kind === 'snoozed' && human(far.untilMs)).toBe('2024-04-23 09:00');
    const near = answerDuty(
      first,
      { kind: 'snooze', untilMs: at('2024-05-10 07:30') },
      dung,
      'y',
      at('2024-05-08 09:00'),
      calendar,
    );
    expect(near.kind === 'snoozed' && human(near.untilMs)).toBe('2024-05-09 07:30');
  });

  it('that ends on a holiday ends when the office opens again', () => {
    const result = answerDuty(
      first,
      { kind: 'snooze', untilMs: at('2024-04-30 07:30') },
      dung,
      'x',
      at('2024-04-26 09:00'),
      calendar,
    );
    expect(result.kind === 'snoozed' && human(result.untilMs)).toBe('2024-05-02 07:30');
  });

  it('of a week that ends on a day off ends when the office opens again', () => {
    const far = { kind: 'snooze', untilMs: at('2024-05-08 07:30') } as const;
    const result = answerDuty(first, far, dung, 'x', at('2024-04-20 20:00'), calendar);
    expect(result.kind === 'snoozed' && human(result.untilMs)).toBe('2024-05-02 07:30');
  });

  const threeTimes = () =>
    ['17', '18', '19'].reduce(
      (duty, day) =>
        answer(duty, { kind: 'snooze', untilMs: at(`2024-04-${day} 13:30`) }, `2024-04-${day} 07:30`),
      first,
    );

  it('is granted three times', () => {
    const duty = threeTimes();
    expect(
      answerDuty(
        duty,
        { kind: 'snooze', untilMs: at('2024-04-22 13:30') },
        dung,
        'z',
        at('2024-04-22 07:30'),
        calendar,
      ),
    ).toEqual({ kind: 'snooze-spent', times: 3 });
  });

  it('is granted anew to whoever has the duty now, and its end is told under a key of its own', () => {
    const order = { id: 'o', by: head, reason: 'đi công tác', nowMs: at('2024-04-19 09:00') };
    const given = changeDuty(threeTimes(), { kind: 'assign', toId: 'nam' }, order, calendar);
    if (given.kind !== 'changed') throw new Error(given.kind);
    const later = { kind: 'snooze', untilMs: at('2024-04-22 13:30') } as const;
    const duty = answer(given.duty, later, '2024-04-22 07:30', member('nam'));
    const told = tickDuty(duty, at('2024-04-22 13:30'), everyone).reminders;
    expect(told.map(({ key, staffId }) => [key, staffId])).toEqual([['snooze-4', 'nam']]);
  });
});

describe('an answer', () => {
  const first = run(opened('DL-2.2024', 2024), ['2024-04-16 07:30']).duty;

  it.each([
    ['“Đã xem”', { kind: 'acknowledge' }],
    ['“Cần hỗ trợ”', { kind: 'help' }],
    ['how far it is', { kind: 'progress', note: 'xong một nửa' }],
  ] as const)('of %s keeps the next reminder from climbing', (_, what) => {
    const answered = answer(first, what, '2024-04-16 09:00');
    expect(run(answered, ['2024-04-26 07:30']).said).toEqual({ '2024-04-26 07:30': ['remind responsible'] });
  });

  const by = (who: StaffMember) =>
    answerDuty(first, { kind: 'acknowledge' }, who, 'a', at('2024-04-16 09:00'), calendar);

  it('is taken from the chain and the unit’s leaders, and from nobody else', () => {
    expect(by(dung).kind).toBe('acknowledged');
    expect(by(head).kind).toBe('acknowledged');
    expect(by(chair).kind).toBe('acknowledged');
    expect(by(member('khac', { roles: ['handler'] })).kind).toBe('not-yours');
    expect(by(member('xa', { roles: ['leader'], unitId: 'finance' })).kind).toBe('not-yours');
  });

  it('given again changes nothing', () => {
    const once = by(dung);
    if (!('duty' in once)) throw new Error(once.kind);
    const again = answerDuty(once.duty, { kind: 'acknowledge' }, dung, 'a', at('2024-04-16 10:00'), calendar);
    expect(again).toEqual({ kind: 'acknowledged', duty: once.duty });
  });

  it('to a finished duty says that it is finished', () => {
    const done = answer(first, { kind: 'done', proof: null }, '2024-04-16 09:00');
    expect(nextLookMs(done)).toBeNull();
    expect(answerDuty(done, { kind: 'help' }, dung, 'b', at('2024-04-17 09:00'), calendar)).toEqual({
      kind: 'already-done',
    });
  });
});

describe('the night', () => {
  it.each([
    ['2024-05-09 02:00', '2024-05-09 06:30'],
    ['2024-05-09 06:30', '2024-05-09 06:30'],
    ['2024-05-09 20:59', '2024-05-09 20:59'],
    ['2024-05-09 21:00', '2024-05-10 06:30'],
  ])('moves a reminder of %s to %s', (from, to) => {
    expect(human(morningAfterNight(at(from)))).toBe(to);
  });
});
