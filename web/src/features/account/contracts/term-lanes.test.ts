import { expect, it } from 'vitest';
import type { Subscription } from '../../../api/contracts';
import { barOf, lanesOf, spanOf, yearMarks } from './term-lanes';

const term = (id: number, product: string, start: string, end: string | null): Subscription => ({
  id,
  external_id: null,
  product,
  plan: null,
  seats: 10,
  amount: { amount_minor: 1000, currency: 'JPY' },
  billing_period_months: 12,
  mrr: null,
  start,
  end,
  auto_renewal: true,
  notice_days: 30,
  status: 'active',
  discount: null,
  is_trial: false,
  past_due_from: null,
  cancelled_on: null,
  transferred_from: null,
});
const terms = [
  term(2, 'ベース', '2025-04-01', '2026-04-01'),
  term(1, 'ベース', '2024-04-01', '2025-04-01'),
  term(3, '会議', '2025-10-01', null),
];

it('puts the terms of a product one after the other in one lane', () => {
  expect(lanesOf(terms).map(({ product, terms: lane }) => [product, lane.map(({ id }) => id)])).toEqual([
    ['ベース', [1, 2]],
    ['会議', [3]],
  ]);
});

it('lets a term that follows begin where the one before ends, and an open one reach the end', () => {
  const span = spanOf(terms, '2026-01-15');
  const first = barOf(terms[1]!, span);
  const second = barOf(terms[0]!, span);
  expect(second.left_percent).toBeCloseTo(first.left_percent + first.width_percent);
  const open = barOf(terms[2]!, span);
  expect(open.left_percent + open.width_percent).toBeCloseTo(100);
});

it('marks the turns of the years', () => {
  expect(yearMarks(spanOf(terms, '2026-01-15')).map(({ year }) => year)).toEqual([2025, 2026]);
});
