import { describe, expect, it } from 'vitest';
import type { SurvivalGroup, SurvivalMonth } from '../statistics/types';
import { curvesOf, seenMonths } from './curve-points';

const month = (at: number, survival: number, at_risk: number): SurvivalMonth => ({
  month: at,
  survival,
  at_risk,
  lost: 0,
  low: null,
  high: null,
});

const months = [month(0, 1, 40), month(1, 0.8, 30), month(2, 0.6, 9), month(3, 0.5, 2)];

describe('seenMonths', () => {
  it('ends with the month after which too few are left', () => {
    expect(seenMonths(months).map(({ month: at }) => at)).toEqual([0, 1, 2]);
    expect(seenMonths(months.slice(0, 2))).toHaveLength(2);
    expect(seenMonths([month(0, 1, 3)])).toHaveLength(1);
  });
});

describe('curvesOf', () => {
  const group = {
    name: { en: 'All', ja: '全体' },
    months,
    projection: { months: [1, 0.9, 0.5, 0.4, 0.3].map((survival, at) => ({ month: at, survival, low: 0, high: 1 })) },
  } as SurvivalGroup;

  it('continues what was seen at its own level', () => {
    const [curve] = curvesOf([group], 4, 'en');
    expect(curve!.projected).toEqual([null, null, 0.6, expect.closeTo(0.48), expect.closeTo(0.36)]);
  });

  it('projects nothing without a model', () => {
    const [curve] = curvesOf([{ ...group, projection: { ...group.projection, months: [] } }], 4, 'ja');
    expect(curve!.projected.every((share) => share === null)).toBe(true);
  });
});
