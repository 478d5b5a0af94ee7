import { expect, test } from 'vitest';
import type { RenewalReason } from '../../api/renewal-reasons';
import { bodyOf, keyFor, sameName } from './reason-edit';

const budget: RenewalReason = {
  key: 'budget',
  name: { en: 'Loss of budget', ja: '予算の削減' },
  description: '',
  applies_to: ['churn'],
  retired: false,
  uses: 3,
};

test('a key comes from the English name and is like no other', () => {
  expect(keyFor('  Price & terms! ', new Set())).toBe('price_terms');
  expect(keyFor('Price terms', new Set(['price_terms', 'price_terms_2']))).toBe('price_terms_3');
  expect(keyFor('価格', new Set(['reason']))).toBe('reason_2');
  expect(keyFor('a'.repeat(200), new Set(['a'.repeat(60)]))).toMatch(/^[a-z0-9_]{1,64}$/);
});

test('a name that another reason has is found, in either language, but not in retired ones', () => {
  const body = { ...bodyOf(budget), name: { en: 'loss of BUDGET ', ja: '別の名前' } };
  expect(sameName([budget], body, undefined)).toBe(budget);
  expect(sameName([budget], body, 'budget')).toBeUndefined();
  expect(sameName([{ ...budget, retired: true }], body, undefined)).toBeUndefined();
  expect(sameName([budget], { ...body, name: { en: 'Price', ja: '価格' } }, undefined)).toBeUndefined();
});
