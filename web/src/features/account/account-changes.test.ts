import { expect, it } from 'vitest';
import { inverse, patched, type AccountPatch } from './account-changes';
import type { Account } from './types';

const account: Account = {
  id: 1,
  external_id: 'A-1',
  name: '青空製作所',
  reading: 'あおぞらせいさくしょ',
  domains: ['aozora.example'],
  parent: null,
  children: [],
  phase: 'adoption',
  owner: { id: 3, name: '相沢 美咲' },
  industry: 'manufacturing',
  size: null,
  region: '東京都',
  country: 'JP',
  plan: 'standard',
  created_day: '2024-04-01',
  attributes: { site_count: 3 },
  known_since: null,
  version_id: 9,
};
const owners = [{ id: 4, name: '黒崎 大地' }];
const patch: AccountPatch = { phase: null, owner_id: 4, attributes: { site_count: 5, tier: 'A' }, why: '引き継ぎ' };

it('shows a change before the server answers', () => {
  expect(patched(account, patch, owners)).toMatchObject({
    phase: null,
    owner: owners[0],
    attributes: { site_count: 5, tier: 'A' },
    name: '青空製作所',
  });
  expect(patched(account, { owner_id: null }, owners).owner).toBeNull();
});

it('takes a change back exactly', () => {
  const undo = inverse(account, patch);
  expect(undo).toEqual({ phase: 'adoption', owner_id: 3, attributes: { site_count: 3, tier: null } });
  expect(patched(patched(account, patch, owners), undo, [account.owner as never])).toMatchObject({
    phase: 'adoption',
    owner: account.owner,
  });
});
