import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCalendar } from '#src/calendar/build-calendar.ts';
import { type Calendar, isWorkingDay, USUAL_HOURS } from '#src/domain/calendar/calendar.ts';
import {
  countDeadline,
  type CountedRule,
  type DeadlineCount,
  type TermChanges,
  USUAL_COUNTING,
} from '#src/domain/calendar/deadline.ts';
import { explainDeadline } from '#src/domain/calendar/explain-deadline.ts';
import {
  addDays,
  atLocal,
  DAY_MS,
  endOfDay,
  localDateOf,
  localTimeOf,
  MINUTE_MS,
} from '#src/domain/calendar/local-time.ts';
import { ruleInForce } from '#src/domain/calendar/rule-in-force.ts';
import type { Term, TermRule, TermUnit } from '#src/domain/plan.ts';
import { loadTexts } from '#src/i18n/texts.ts';
import { plan } from '#test/support/conversation.ts';

const calendar: Calendar = buildCalendar({ fromYear: 2023, toYear: 2028, officeHours: USUAL_HOURS });
const texts = { vi: await loadTexts('vi'), en: await loadTexts('en') };
const firstMs = atLocal('2024-01-01', '00:00');
const lastMs = atLocal('2027-06-30', '00:00');

const instants = fc.integer({ min: firstMs, max: lastMs });
const amounts = fc.integer({ min: 1, max: 45 });
const pauses = fc
  .array(fc.record({ afterMs: fc.nat(20 * DAY_MS), lengthMs: fc.integer({ min: 1, max: 12 * DAY_MS }) }), {
    maxLength: 3,
  })
  .map((gaps) => {
    let offsetMs = 0;
    return gaps.map(({ afterMs, lengthMs }) => {
      const from = offsetMs + afterMs;
      offsetMs = from + lengthMs;
      return { from, to: offsetMs };
    });
  });
const units = fc.constantFrom<TermUnit>('working-days', 'calendar-days', 'working-hours', 'minutes');
const cases = fc.record({
  fromMs: instants,
  term: fc.record({ amount: amounts, unit: units }),
  pauses,
  extensions: fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 2 }),
});

interface Given {
  readonly fromMs: number;
  readonly term: Term;
  readonly pauses: readonly { readonly from: number; readonly to: number }[];
  readonly extensions: readonly number[];
}

const rule = (term: Term): CountedRule => ({ ...USUAL_COUNTING, term });

function changesOf({ fromMs, term, pauses: gaps, extensions }: Given): TermChanges {
  return {
    pauses: gaps.map(({ from, to }) => ({ fromMs: fromMs + from, toMs: fromMs + to })),
    extensions: extensions.map((amount) => ({ amount, unit: term.unit })),
  };
}

const count = (given: Given, on: Calendar = calendar): DeadlineCount =>
  countDeadline(on, rule(given.term), given.fromMs, changesOf(given));

function ruleOf(id: string): TermRule {
  const found = plan.rules.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
}

describe('a deadline', () => {
  it('of days never ends on a day off, whatever was paused or extended', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { dueAtMs } = count(given);
        expect(dueAtMs).toBeGreaterThan(given.fromMs);
        if (given.term.unit !== 'minutes') {
          expect(isWorkingDay(calendar, localDateOf(dueAtMs))).toBe(true);
        }
      }),
    );
  });

  it('never ends earlier because of one more holiday', () => {
    fc.assert(
      fc.property(cases, fc.nat(120), (given, daysLater) => {
        const holiday = addDays(localDateOf(given.fromMs), daysLater);
        const more = { ...calendar, holidays: new Set([...calendar.holidays, holiday]) };
        expect(count(given, more).dueAtMs).toBeGreaterThanOrEqual(count(given).dueAtMs);
      }),
    );
  });

  it('never ends earlier because of a pause or an extension', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const plain = count({ ...given, pauses: [], extensions: [] }).dueAtMs;
        expect(count({ ...given, extensions: [] }).dueAtMs).toBeGreaterThanOrEqual(plain);
        expect(count({ ...given, pauses: [] }).dueAtMs).toBeGreaterThanOrEqual(plain);
      }),
    );
  });

  it('of working hours ends in office hours, and never earlier for a later start', () => {
    fc.assert(
      fc.property(instants, amounts, fc.nat(DAY_MS), (fromMs, amount, laterMs) => {
        const term: Term = { amount, unit: 'working-hours' };
        const { dueAtMs } = countDeadline(calendar, rule(term), fromMs);
        const time = localTimeOf(dueAtMs);
        expect((time > '07:30' && time <= '11:30') || (time >= '13:30' && time <= '17:00')).toBe(true);
        expect(countDeadline(calendar, rule(term), fromMs + laterMs).dueAtMs).toBeGreaterThanOrEqual(dueAtMs);
      }),
    );
  });

  it('says which years on its way are not decided yet', () => {
    const term: Term = { amount: 10, unit: 'working-days' };
    const yearsFrom = (date: string) =>
      countDeadline(calendar, rule(term), atLocal(date, '09:00')).unknownYears;
    expect(yearsFrom('2026-12-28')).toEqual([2027]);
    expect(yearsFrom('2026-03-02')).toEqual([]);
  });

  it('is counted by the version of its rule that was in force when it began', () => {
    const old = { ...ruleOf('case-fast'), id: 'answer', effectiveFrom: '2024-01-01' };
    const newer = { ...old, term: { amount: 7, unit: 'working-days' as const }, effectiveFrom: '2026-07-01' };
    const rules = { rules: [newer, old] };
    expect(ruleInForce(rules, 'answer', atLocal('2026-06-30', '23:59'))).toBe(old);
    expect(ruleInForce(rules, 'answer', atLocal('2026-07-01', '00:00'))).toBe(newer);
    expect(ruleInForce(rules, 'answer', atLocal('2023-12-31', '23:59'))).toBeNull();
  });
});

describe('how a deadline was counted', () => {
  it('adds up: what counted is the term, and with what did not it leaves out no day between', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { steps, dueAtMs } = count(given);
        const total = given.term.amount + given.extensions.reduce((sum, amount) => sum + amount, 0);
        const lasted = (kinds: readonly string[]) =>
          steps.reduce(
            (sum, step) => sum + (kinds.includes(step.kind) && 'toMs' in step ? step.toMs - step.atMs : 0),
            0,
          );
        switch (given.term.unit) {
          case 'minutes':
            expect(given.fromMs + total * MINUTE_MS + lasted(['paused'])).toBe(dueAtMs);
            return;
          case 'working-hours':
            expect(lasted(['span'])).toBe(total * 60 * MINUTE_MS);
            return;
          default: {
            const days = (kind: 'counted' | 'skipped') =>
              steps.reduce((sum, step) => sum + (step.kind === kind ? step.days : 0), 0);
            expect(days('counted')).toBe(total);
            const movedMs = lasted(['moved-on']);
            const endMs = endOfDay(localDateOf(given.fromMs)) + (total + days('skipped')) * DAY_MS + movedMs;
            expect(endMs).toBe(dueAtMs);
          }
        }
      }),
    );
  });

  const words = (id: string, from: string, changes: TermChanges = {}, language: 'vi' | 'en' = 'vi') => {
    const one = ruleOf(id);
    const [date = '', time = ''] = from.split(' ');
    const counted = countDeadline(calendar, one, atLocal(date, time), changes);
    return explainDeadline(counted, { rule: one, counting: plan.counting }, (ref) =>
      texts[language].render(ref),
    );
  };

  it('is said in words, each with the law it rests on', () => {
    expect(words('case-fast', '2024-04-26 09:00')).toEqual([
      'Bắt đầu lúc 9 giờ thứ Sáu 26/4, năm 2024.',
      'Thời hạn 3 ngày làm việc (Trả lời việc cần nhanh). Phường tự đặt.',
      'thứ Sáu 26/4: ngày đầu, không tính (Bộ luật Dân sự 2015, Điều 147).',
      'thứ Bảy 27/4 đến Chủ nhật 28/4: nghỉ cuối tuần, không tính.',
      'thứ Hai 29/4 đến thứ Tư 01/5: nghỉ lễ, không tính.',
      'thứ Năm 02/5 đến thứ Sáu 03/5: tính 2 ngày.',
      'thứ Bảy 04/5: làm bù, tính 1 ngày.',
      'Hạn cuối: hết thứ Bảy 04/5, năm 2024.',
    ]);
  });

  it('names the article where an end moves on, and says what is still to be checked', () => {
    const lines = words('complaint-first', '2024-03-01 09:00');
    expect(lines[1]).toBe(
      'Thời hạn 30 ngày (Giải quyết khiếu nại lần đầu). Căn cứ: Luật Khiếu nại 02/2011/QH13, Điều 28.',
    );
    expect(lines.at(-2)).toBe(
      'Chủ nhật 31/3 là ngày nghỉ nên chuyển sang hết thứ Hai 01/4 (Bộ luật Dân sự 2015, Điều 148).',
    );
    expect(words('petition-answer', '2024-03-18 09:00')[1]).toContain('phường còn đối chiếu lại');
  });

  it('shows a pause and an extension, in hours and in days', () => {
    const pause = { fromMs: atLocal('2024-03-22', '16:50'), toMs: atLocal('2024-03-25', '08:30') };
    expect(words('case-danger', '2024-03-22 16:45', { pauses: [pause] })).toEqual([
      'Bắt đầu lúc 16 giờ 45 thứ Sáu 22/3, năm 2024.',
      'Thời hạn 4 giờ làm việc (Trả lời việc nguy hiểm). Phường tự đặt.',
      'thứ Sáu 22/3, từ 16 giờ 45 đến 16 giờ 50: tính 5 phút.',
      'Từ 16 giờ 50 thứ Sáu 22/3 đến 8 giờ 30 thứ Hai 25/3: chờ người gửi trả lời, không tính (Phường tự đặt).',
      'thứ Hai 25/3, từ 8 giờ 30 đến 11 giờ 30: tính 3 giờ.',
      'thứ Hai 25/3, từ 13 giờ 30 đến 14 giờ 25: tính 55 phút.',
      'Hạn cuối: 14 giờ 25 thứ Hai 25/3, năm 2024.',
    ]);
    const extended = words('case-fast', '2024-03-18 09:00', {
      pauses: [pause],
      extensions: [{ amount: 2, unit: 'working-days' }],
    });
    expect(extended).toContain('Đến hết thứ Năm 21/3 thì gia hạn thêm 2 ngày làm việc.');
    expect(extended).toContain('thứ Hai 25/3: chờ người gửi trả lời, không tính (Phường tự đặt).');
    expect(extended.at(-1)).toBe('Hạn cuối: hết thứ Ba 26/3, năm 2024.');
  });

  it('is said in English as well', () => {
    const lines = words('case-fast', '2024-04-26 09:00', {}, 'en');
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toMatch(/^Due: the end of .* 04\/5, 2024\.$/u);
  });
});
