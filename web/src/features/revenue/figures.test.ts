import { describe, expect, it } from 'vitest';
import { behindFigure, explorerFigure, numberOf, sumOf } from './figures';
import type { Cell } from './types';

const cell = (part: Partial<Cell>) => part as Cell;
const november = { month: '2026-11-01', end: '2026-11-22', grain: 'month' as const };

describe('a figure of the explorer', () => {
  it('is the closing balance where an address names none that is known', () => {
    expect(explorerFigure(undefined).key).toBe('closing');
    expect(explorerFigure('profit').key).toBe('closing');
    expect(explorerFigure('nrr_12').unit).toBe('share');
  });

  it('leads to its own period', () => {
    expect(behindFigure(explorerFigure('accounts_lost'), november, undefined)).toEqual({
      kind: 'churn',
      grain: 'month',
      from: '2026-11-01',
      to: '2026-11-01',
      of: undefined,
    });
  });

  it('leads to all the months that a rate is over, also from a quarter', () => {
    const of = { by: 'plan', value: 'pro' };
    const behind = behindFigure(explorerFigure('nrr_12'), { ...november, month: '2026-10-01', grain: 'quarter' }, of);
    expect(behind).toEqual({ kind: 'net_new', grain: 'month', from: '2026-01-01', to: '2026-12-01', of });
  });

  it('adds up over periods only where it is a flow', () => {
    const cells = [cell({ churn: -3, closing: 10, nrr_12: null }), cell({ churn: -4, closing: 6, nrr_12: 0.9 })];
    expect(sumOf(cells, explorerFigure('churn'))).toBe(-7);
    expect(sumOf(cells, explorerFigure('closing'))).toBeNull();
    expect(numberOf(cells[0], explorerFigure('nrr_12'))).toBeNull();
    expect(numberOf(undefined, explorerFigure('churn'))).toBeNull();
  });
});
