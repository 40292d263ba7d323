import { describe, expect, it } from 'vitest';
import { ladderOf } from '#src/domain/duties/change-duty.ts';
import { plan as wholePlan } from '#test/support/conversation.ts';

describe('the ladder of a duty beyond the rules of the plan', () => {
  const ladder = (at: string) => ({
    rungs: [{ workingDaysBefore: 1, at, to: ['responsible' as const] }],
    overdue: { at, to: ['responsible' as const] },
  });
  const own = {
    ...wholePlan,
    ladders: [
      { for: 'given' as const, unit: null, ladder: ladder('08:00') },
      { for: 'given' as const, unit: 'office', ladder: ladder('09:00') },
    ],
  };
  const firstAt = (of: Parameters<typeof ladderOf>[1]) => ladderOf(own, of).rungs[0]?.at;

  it('is that of its unit, else that of all, and one of our own where the ward laid down none', () => {
    expect(firstAt({ ruleId: 'TV', unitId: 'office' })).toBe('09:00');
    expect(firstAt({ ruleId: 'TV', unitId: 'finance' })).toBe('08:00');
    expect(ladderOf({ ...wholePlan, ladders: [] }, { ruleId: 'TV', unitId: 'finance' }).rungs).toHaveLength(
      6,
    );
  });

  it('is the same for what inspectors found, which does not take that of the inspection', () => {
    const found = { visitId: 'v', findingId: 'f' };
    expect(firstAt({ ruleId: 'KT-3', unitId: 'finance', found })).toBe('08:00');
    expect(firstAt({ ruleId: 'KT-3', unitId: 'finance' })).toBe('07:30');
  });
});
