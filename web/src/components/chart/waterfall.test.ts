import { describe, expect, it } from 'vitest';
import { waterfallBars, waterfallRemainder, type WaterfallStep } from './waterfall';

const step = (kind: WaterfallStep['kind'], amount: number): WaterfallStep => ({
  key: `${amount}`,
  name: '',
  kind,
  amount,
});
const spans = (steps: WaterfallStep[]) => waterfallBars(steps).map(({ from, to, tone }) => [from, to, tone]);

describe('a waterfall', () => {
  it('hangs every change where the one before it ended', () => {
    expect(spans([step('level', 100), step('change', 30), step('change', -50), step('level', 80)])).toEqual([
      [0, 100, 'level'],
      [100, 130, 'rise'],
      [130, 80, 'fall'],
      [0, 80, 'level'],
    ]);
  });

  it('goes through zero', () => {
    expect(spans([step('level', 10), step('change', -25)])).toEqual([
      [0, 10, 'level'],
      [10, -15, 'fall'],
    ]);
  });

  it('tells by how much its changes miss the levels', () => {
    const whole = [step('level', 100), step('change', 30), step('level', 130), step('change', -1), step('level', 129)];
    expect(waterfallRemainder(whole)).toBe(0);
    expect(waterfallRemainder([step('level', 100), step('change', 30), step('level', 131)])).toBe(1);
    expect(waterfallRemainder([])).toBe(0);
  });
});
