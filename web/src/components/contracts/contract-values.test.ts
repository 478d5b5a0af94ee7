import { expect, it } from 'vitest';
import { inversePatch, patchedContract, wholePatch, type Rates, type Subscription } from '../../api/contracts';
import { discountAs, discountOf, newValues, patchOf, termsOf, twinOf, valuesOf, worthOf } from './contract-values';

const contract: Subscription = {
  id: 7,
  external_id: null,
  product: 'ベース',
  plan: 'business',
  seats: 40,
  amount: { amount_minor: 1_200_000, currency: 'JPY' },
  billing_period_months: 12,
  mrr: { amount_minor: 100_000, currency: 'JPY' },
  start: '2026-04-01',
  end: '2027-04-01',
  auto_renewal: true,
  notice_days: 60,
  status: 'active',
  discount: null,
  is_trial: false,
  past_due_from: null,
  cancelled_on: null,
  transferred_from: null,
};
const rates: Rates = {
  reporting_currency: 'JPY',
  items: [
    { currency: 'USD', month: null, rate: '150' },
    { currency: 'USD', month: '2026-05-01', rate: '151.25' },
  ],
};

it('sends nothing where nothing changed, and only what did', () => {
  const values = valuesOf(contract);
  expect(patchOf(contract, values)).toEqual({});
  expect(patchOf(contract, { ...values, seats: 50, isOpenEnded: true, plan: ' ' })).toEqual({
    seats: 50,
    end: null,
    plan: null,
  });
});

it('sends the discount along with another currency, in which it has to be', () => {
  const discounted = { ...contract, discount: { amount_minor: 300, currency: 'JPY' } };
  expect(patchOf(discounted, { ...valuesOf(discounted), currency: 'USD', amount: 99.5 })).toEqual({
    amount: { amount_minor: 9950, currency: 'USD' },
    discount: { amount_minor: 30_000, currency: 'USD' },
  });
});

it('takes a share of the list price off, and says an amount as such a share', () => {
  const values = { ...valuesOf(contract), discountIs: 'percent' as const, discount: 20 };
  expect(discountOf(values)).toEqual({ amount_minor: 300_000, currency: 'JPY' });
  expect(discountAs('amount', values)).toBe(300_000);
  expect(discountAs('percent', { ...values, discountIs: 'amount', discount: 300_000 })).toBe(20);
  expect(discountOf({ ...values, discount: 100 })).toBeNull();
});

it('counts a month and a year by the rate of the month of the start', () => {
  const values = { ...newValues('2026-05-10', 'USD'), product: 'ベース', amount: 1200, billing_period_months: 12 };
  expect(worthOf(termsOf(values), rates)).toEqual({
    mrr: { amount_minor: 15_125, currency: 'JPY' },
    arr: { amount_minor: 181_500, currency: 'JPY' },
  });
  expect(worthOf(termsOf({ ...values, start: '2026-06-01' }), rates)?.mrr.amount_minor).toBe(15_000);
  expect(worthOf(termsOf({ ...values, is_trial: true }), rates)?.mrr.amount_minor).toBe(0);
  expect(worthOf(termsOf({ ...values, currency: 'EUR' }), rates)).toBeNull();
  expect(worthOf(termsOf({ ...values, billing_period_months: '' }), rates)).toBeNull();
});

it('finds the contract that the server would take for the same one', () => {
  const values = { ...newValues('2026-04-01', 'JPY'), product: ' ベース ' };
  expect(twinOf(values, [contract])).toBe(contract);
  expect(twinOf({ ...values, start: '2026-04-02' }, [contract])).toBeUndefined();
  expect(twinOf(values, [{ ...contract, external_id: 'C-1' }])).toBeUndefined();
});

it('takes a change back exactly, and makes a removed contract again', () => {
  const patch = { seats: 50, cancelled_on: '2026-11-22', why: '増席' };
  expect(inversePatch(contract, patch)).toEqual({ seats: 40, cancelled_on: null });
  expect(patchedContract(patchedContract(contract, patch), inversePatch(contract, patch))).toEqual(contract);
  expect(wholePatch({ ...contract, external_id: 'C-1' })).toEqual({
    ...termsOf(valuesOf(contract)),
    external_id: 'C-1',
  });
});
