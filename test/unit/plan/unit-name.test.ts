import { describe, expect, it } from 'vitest';
import { unitName, unitNameOf } from '#src/domain/unit-name.ts';
import { plan } from '#test/support/conversation.ts';

describe('the name of a unit', () => {
  it.each([
    ['2024-03-18', 'Bộ phận Văn phòng'],
    ['2025-06-30', 'Bộ phận Văn phòng'],
    ['2025-07-01', 'Văn phòng HĐND và UBND'],
    ['2026-11-26', 'Văn phòng HĐND và UBND'],
  ])('is on %s what it was called then', (day, name) => {
    expect(unitNameOf(plan, 'office', day)).toBe(name);
  });

  it('is the last of several that hold, in whatever order they stand', () => {
    const [unit] = plan.units;
    if (!unit) throw new Error('no unit');
    const renamed = [
      { effectiveFrom: '2026-01-01', name: 'C' },
      { effectiveFrom: '2025-01-01', name: 'B' },
    ];
    expect(unitName({ ...unit, renamed }, '2025-05-01')).toBe('B');
    expect(unitName({ ...unit, renamed }, '2026-05-01')).toBe('C');
  });

  it('is empty for a unit that the plan does not have', () => {
    expect(unitNameOf(plan, 'nobody', '2024-03-18')).toBe('');
  });
});
