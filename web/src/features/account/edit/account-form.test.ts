import { expect, it } from 'vitest';
import type { Account } from '../types';
import { patchFrom, valuesOf } from './account-form';

const account: Account = {
  id: 1,
  external_id: 'A-1',
  name: '青空製作所',
  reading: null,
  domains: ['aozora.example'],
  parent: null,
  children: [],
  phase: 'adoption',
  owner: { id: null, name: '前任者' },
  industry: 'manufacturing',
  size: null,
  region: null,
  country: 'JP',
  plan: null,
  created_day: null,
  attributes: { sites: 3, fee: { amount_minor: 100, currency: 'JPY' } },
  known_since: null,
  version_id: 1,
};

it('says nothing where nothing was changed', () => {
  expect(patchFrom(account, valuesOf(account))).toEqual({});
});

it('says exactly what was changed, and clears what was emptied', () => {
  const values = valuesOf(account);
  expect(
    patchFrom(account, {
      ...values,
      phase: ' ',
      region: '大阪府',
      owner: '7',
      attributes: { ...values.attributes, sites: null, tier: 'A' },
    }),
  ).toEqual({ phase: null, region: '大阪府', owner_id: 7, attributes: { sites: null, tier: 'A' } });
});
