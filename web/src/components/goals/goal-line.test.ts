import { describe, expect, it } from 'vitest';
import { drawGoal, progressOf } from './goal-line';

const course = {
  start: '2026-10-01',
  due: '2026-12-10',
  baseline: 20,
  target: 80,
  readings: [
    { day: '2026-10-01', value: 20 },
    { day: '2026-11-05', value: 95 },
  ],
};

describe('the course of a goal', () => {
  it('draws readings and the expected line in one measure', () => {
    const drawing = drawGoal(course, '2026-11-05', 70, 100)!;
    expect(drawing.expected).toEqual([
      { x: 0, y: 100 },
      { x: 70, y: 20 },
    ]);
    expect(drawing.readings).toEqual([
      { x: 0, y: 100 },
      { x: 35, y: 0 },
    ]);
    expect(drawing.today_x).toBe(35);
    expect([drawing.low, drawing.high]).toEqual([20, 95]);
  });

  it('draws readings alone where there is no line', () => {
    const drawing = drawGoal({ ...course, due: null }, '2027-11-05', 70, 100)!;
    expect(drawing.expected).toBeNull();
    expect(drawing.today_x).toBeNull();
    expect(drawing.last).toBe('2026-11-05');
  });

  it('is nothing without figures, and lies in the middle where nothing moved', () => {
    expect(drawGoal({ ...course, due: null, readings: [] }, '2026-11-05', 70, 100)).toBeNull();
    const still = { ...course, due: null, target: null, readings: [{ day: '2026-10-01', value: 3 }] };
    expect(drawGoal(still, '2026-11-05', 70, 100)!.readings).toEqual([{ x: 0, y: 50 }]);
  });
});

describe('progress', () => {
  it.each([
    [20, 80, 50, 0.5],
    [20, 80, 95, 1],
    [20, 80, 10, 0],
    [60, 10, 35, 0.5],
    [5, 5, 5, 1],
  ])('from %d to %d at %d is %d', (baseline, target, current, expected) => {
    expect(progressOf(baseline, target, current)).toBe(expected);
  });

  it('is unknown where a figure is', () => {
    expect(progressOf(null, 80, 50)).toBeNull();
    expect(progressOf(20, 80, null)).toBeNull();
  });
});
