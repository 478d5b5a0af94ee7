import { describe, expect, it } from 'vitest';
import { cellText, parseCell, type CellAddress } from './address';

describe('the address of a cell', () => {
  it.each<CellAddress>([
    { kind: 'churn', grain: 'month', from: '2026-11-01', to: '2026-11-01' },
    { kind: 'closing', grain: 'quarter', from: '2026-04-01', to: '2026-10-01', of: { by: 'owner', value: '' } },
    {
      kind: 'new',
      grain: 'fiscal_year',
      from: '2026-04-01',
      to: '2026-04-01',
      of: { by: 'attribute:x', value: 'a~b' },
    },
  ])('comes back as it was: %o', (cell) => {
    expect(parseCell(cellText(cell))).toEqual(cell);
  });

  it.each([
    '',
    'churn',
    'loss~month~2026-11-01~2026-11-01',
    'churn~week~2026-11-01~2026-11-01',
    'churn~month~2026-11~x',
  ])('is not taken from "%s"', (text) => expect(parseCell(text)).toBeUndefined());
});
