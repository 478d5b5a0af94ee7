import { describe, expect, it } from 'vitest';
import { branchesOf, flat, isTuning, levelRange, numberAt, thresholdScale, tuned, tuningTo, withMoved } from './tuning';
import type { ScorecardBody } from './types';

const words = { en: 'x', ja: 'x' };

const body: ScorecardBody = {
  key: 'health',
  name: words,
  groups: [
    {
      key: 'adoption',
      name: words,
      weight: 60,
      groups: [
        {
          key: 'depth',
          name: words,
          weight: 30,
          measures: [
            {
              measure: 'features_used',
              weight: 1,
              curve: {
                linear: [
                  [0, 0],
                  [10, 100],
                ],
              },
            },
          ],
        },
      ],
      measures: [
        {
          measure: 'days_active',
          weight: 10,
          curve: {
            bands: [
              { to: 5, points: 0 },
              { from: 5, to: 12, points: 50 },
              { from: 12, points: 100 },
            ],
          },
        },
      ],
    },
    { key: 'support', name: words, weight: 40, measures: [{ measure: 'open_tickets', weight: 1 }] },
  ],
  levels: [
    { key: 'healthy', name: words, from: 70 },
    { key: 'watch', name: words, from: 40 },
    { key: 'critical', name: words, from: 0 },
  ],
};

describe('weights', () => {
  it('are worth their part of the whole score, through nested groups', () => {
    const shares = Object.fromEntries(flat(branchesOf(body)).map(({ key, share }) => [key, share]));
    expect(shares.adoption).toBeCloseTo(0.6);
    expect(shares.depth).toBeCloseTo(0.45);
    expect(shares.features_used).toBeCloseTo(0.45);
    expect(shares.days_active).toBeCloseTo(0.15);
    expect(shares.open_tickets).toBeCloseTo(0.4);
  });

  it('are worth nothing where all beside them are zero, instead of dividing by it', () => {
    const none = tuned(body, { 'groups[0].weight': 0, 'groups[1].weight': 0 });
    expect(flat(branchesOf(none)).every(({ share }) => share === 0)).toBe(true);
  });

  it('stand at the path by which they are moved', () => {
    for (const { path, weight } of flat(branchesOf(body))) expect(numberAt(body, path)).toBe(weight);
  });
});

describe('tuning', () => {
  it('moves numbers and leaves the body it is laid over as it was', () => {
    const moved = tuned(body, { 'groups[0].groups[0].measures[0].weight': 7 });
    expect(moved.groups[0]!.groups![0]!.measures![0]!.weight).toBe(7);
    expect(body.groups[0]!.groups![0]!.measures![0]!.weight).toBe(1);
    expect(moved.levels).toBe(body.levels);
    expect(moved.groups[1]).toBe(body.groups[1]);
  });

  it('leaves out paths that the body does not have', () => {
    expect(tuned(body, { 'groups[7].weight': 3, '__proto__.weight': 3, 'groups[0].key': 3 })).toEqual(body);
    expect(({} as Record<string, unknown>).weight).toBeUndefined();
  });

  it('forgets what was moved back', () => {
    const moved = withMoved(body, {}, { 'groups[0].weight': 10, 'groups[1].weight': 10 });
    expect(withMoved(body, moved, { 'groups[0].weight': 60 })).toEqual({ 'groups[1].weight': 10 });
  });

  it('leads from one body to another', () => {
    const suggested = tuned(body, { 'groups[1].weight': 5, 'groups[0].measures[0].weight': 25 });
    const tuning = tuningTo(body, suggested);
    expect(tuning).toEqual({ 'groups[1].weight': 5, 'groups[0].measures[0].weight': 25 });
    expect(tuned(body, tuning)).toEqual(suggested);
  });

  it('is taken from an address only in its own form', () => {
    expect(isTuning({ 'groups[0].weight': 5 })).toBe(true);
    expect(isTuning({ 'groups[0].weight': '5' })).toBe(false);
    expect(isTuning([5])).toBe(false);
    expect(isTuning({})).toBe(false);
  });
});

describe('thresholds', () => {
  const of = (key: string) => flat(branchesOf(body)).find((branch) => branch.key === key)!.thresholds;

  it('move both sides of the edge between two bands', () => {
    const [low, high] = of('days_active');
    expect(low).toMatchObject({ value: 5, points: [0, 50], low: -Infinity, high: 11.9 });
    expect(high).toMatchObject({ value: 12, points: [50, 100], low: 5.1, high: Infinity });
    const moved = tuned(body, Object.fromEntries(low!.paths.map((path) => [path, 6])));
    expect(moved.groups[0]!.measures![0]!.curve!.bands).toEqual([
      { to: 6, points: 0 },
      { from: 6, to: 12, points: 50 },
      { from: 12, points: 100 },
    ]);
  });

  it('keep the corners of a line in their order', () => {
    const [first, last] = of('features_used');
    expect(first!.high).toBeLessThan(10);
    expect(last!.low).toBeGreaterThan(0);
  });

  it('are not offered where bands leave a gap', () => {
    const gap = structuredClone(body);
    gap.groups[0]!.measures![0]!.curve!.bands![1]!.from = 6;
    const item = flat(branchesOf(gap)).find(({ key }) => key === 'days_active')!;
    expect(item.thresholds.map(({ value }) => value)).toEqual([12]);
  });

  it('share a scale that leaves room beyond the outermost, and begins at zero where nothing is below it', () => {
    expect(thresholdScale([5, 12])).toEqual({ min: 1.5, max: 15.5, step: 0.1 });
    expect(thresholdScale([0, 100])).toEqual({ min: 0, max: 150, step: 1 });
    expect(thresholdScale([-20, 20])).toEqual({ min: -40, max: 40, step: 1 });
    expect(thresholdScale([7])).toMatchObject({ min: 3.5, max: 10.5 });
  });

  it('of levels stay between the levels beside them', () => {
    expect(levelRange(body.levels, 0)).toEqual({ min: 41, max: 100 });
    expect(levelRange(body.levels, 1)).toEqual({ min: 1, max: 69 });
    expect(levelRange(body.levels, 2)).toBeNull();
  });
});
