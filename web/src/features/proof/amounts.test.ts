import { describe, expect, test } from 'vitest';
import { inStandardErrors } from './amounts';
import type { Effect } from './requests';

const effect = (difference: number | null, low: number | null, high: number | null) =>
  ({ difference, low, high, unit: 'points' }) as Effect;

describe('effects on one axis', () => {
  test('an interval is two wide, whatever its unit', () => {
    const small = inStandardErrors(effect(0.1, 0.05, 0.15))!;
    const large = inStandardErrors(effect(4_000_000, 2_000_000, 6_000_000))!;
    expect(small.high - small.low).toBeCloseTo(2);
    expect(large.high - large.low).toBeCloseTo(2);
    expect(small.middle).toBeCloseTo(large.middle);
  });

  test('keeps on which side of none it lies', () => {
    expect(inStandardErrors(effect(-1, -3, 1))!.low).toBeLessThan(0);
    expect(inStandardErrors(effect(-1, -3, 1))!.high).toBeGreaterThan(0);
    expect(inStandardErrors(effect(5, 1, 9))!.low).toBeGreaterThan(0);
  });

  test('says nothing without an interval', () => {
    expect(inStandardErrors(effect(1, null, null))).toBeNull();
    expect(inStandardErrors(effect(null, null, null))).toBeNull();
  });
});
