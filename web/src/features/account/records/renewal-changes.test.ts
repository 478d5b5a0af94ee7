import { expect, test } from 'vitest';
import { opportunityChanges, renewalChanges } from './renewal-changes';

const words = {
  currency: 'JPY',
  word: (kind: string, key: string) => `${kind}:${key}`,
  reason: (key: string) => ({ budget: 'Loss of budget' })[key] ?? key,
  person: (id: number) => ({ 7: 'Aoki' })[id] ?? String(id),
  percent: (share: number) => `${share * 100} %`,
};

test('a renewal speaks in amounts, names and words, and says what the ticket of the same field name does not', () => {
  const changes = [
    { field: 'account_id', before: null, after: 1 },
    { field: 'category', before: 'open', after: 'lost' },
    { field: 'forecast_minor', before: null, after: 5000 },
    { field: 'rise_hundredths_percent', before: null, after: 500 },
    { field: 'owner_id', before: null, after: 7 },
    { field: 'outcome', before: '', after: 'churned' },
    { field: 'reasons', before: [], after: ['budget', 'gone'] },
    { field: 'subscriptions', before: [11], after: [11, 12] },
    { field: 'next_step', before: '', after: 'Call' },
  ];
  expect(renewalChanges(changes, words)).toEqual([
    { field: 'renewal_category', before: 'category:open', after: 'category:lost' },
    { field: 'forecast', before: null, after: { amount_minor: 5000, currency: 'JPY' } },
    { field: 'rise_percent', before: null, after: '5 %' },
    { field: 'renewal_owner', before: null, after: 'Aoki' },
    { field: 'outcome', before: null, after: 'outcome:churned' },
    { field: 'reasons', before: [], after: ['Loss of budget', 'gone'] },
    { field: 'subscriptions', before: 1, after: 2 },
    { field: 'next_step', before: '', after: 'Call' },
  ]);
});

test('an opportunity does too', () => {
  const changes = [
    { field: 'kind', before: null, after: 'seats' },
    { field: 'status', before: 'open', after: 'converted' },
    { field: 'amount_minor', before: null, after: 900 },
  ];
  expect(opportunityChanges(changes, words)).toEqual([
    { field: 'opportunity_kind', before: null, after: 'kind:seats' },
    { field: 'opportunity_status', before: 'status:open', after: 'status:converted' },
    { field: 'amount', before: null, after: { amount_minor: 900, currency: 'JPY' } },
  ]);
});
