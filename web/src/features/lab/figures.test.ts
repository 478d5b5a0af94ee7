import { expect, it } from 'vitest';
import { areApart, isReversed, isTrusted, rocPoint } from './figures';
import type { Judgement } from './types';

const interval = (low: number, high: number) => ({ value: (low + high) / 2, low, high });
const words = { en: 'x', ja: 'x' };

it('calls figures apart only where their intervals share nothing', () => {
  expect(areApart(interval(0.6, 0.7), interval(0.71, 0.8))).toBe(true);
  expect(areApart(interval(0.71, 0.8), interval(0.6, 0.7))).toBe(true);
  expect(areApart(interval(0.6, 0.75), interval(0.71, 0.8))).toBe(false);
  expect(areApart(null, interval(0.71, 0.8))).toBe(false);
});

it('does not trust few cases, whatever else is said', () => {
  expect(isTrusted([{ code: 'short_history', message: words }])).toBe(true);
  expect(
    isTrusted([
      { code: 'short_history', message: words },
      { code: 'few_outcomes', message: words },
    ]),
  ).toBe(false);
});

it('says that a score points the other way only where it is sure', () => {
  const few = [{ code: 'few_outcomes' as const, message: words }];
  expect(isReversed({ auc: interval(0.2, 0.4), warnings: [] })).toBe(true);
  expect(isReversed({ auc: interval(0.2, 0.4), warnings: few })).toBe(false);
  expect(isReversed({ auc: interval(0.4, 0.6), warnings: [] })).toBe(false);
  expect(isReversed({ auc: null, warnings: [] })).toBe(false);
});

const levels = [
  { level: 'healthy', rows: 60, outcomes: 2 },
  { level: 'watch', rows: 30, outcomes: 3 },
  { level: 'critical', rows: 10, outcomes: 5 },
].map((each) => ({ ...each, name: words, rate: null, arr_minor: 0 }));
const judged = (change: Partial<Judgement>) =>
  ({ levels, at_level: 'watch', outcome: 'churned', ...change }) as Judgement;

it('counts the chosen level and the worse ones as foreseen', () => {
  expect(rocPoint(judged({}))).toEqual({ true_rate: 8 / 10, false_rate: 32 / 90 });
  expect(rocPoint(judged({ at_level: 'critical' }))).toEqual({ true_rate: 5 / 10, false_rate: 5 / 90 });
});

it('counts the better ones for an expansion', () => {
  expect(rocPoint(judged({ sense: 'good' }))).toEqual({ true_rate: 5 / 10, false_rate: 85 / 90 });
});

it('has no point where the level is unknown or nothing happened', () => {
  expect(rocPoint(judged({ at_level: 'gone' }))).toBeNull();
  expect(rocPoint(judged({ levels: levels.map((each) => ({ ...each, outcomes: 0 })) }))).toBeNull();
});
