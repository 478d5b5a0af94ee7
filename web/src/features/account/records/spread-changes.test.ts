import { expect, it } from 'vitest';
import { spreadObjects } from './spread-changes';

it('gives every changed attribute a line of its own', () => {
  expect(
    spreadObjects([
      { field: 'phase', before: 'adoption', after: 'renewal' },
      {
        field: 'attributes',
        before: { sites: 3, tier: 'A' },
        after: { sites: 4, tier: 'A', fee: { amount_minor: 5, currency: 'JPY' } },
      },
    ]),
  ).toEqual([
    { field: 'phase', before: 'adoption', after: 'renewal' },
    { field: 'attributes.sites', before: 3, after: 4 },
    { field: 'attributes.fee', before: null, after: { amount_minor: 5, currency: 'JPY' } },
  ]);
});
