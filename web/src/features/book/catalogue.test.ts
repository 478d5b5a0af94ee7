import { expect, it } from 'vitest';
import { cellValue, choiceText, filterFields, isRequested, type Reader } from './catalogue';
import type { BookField, BookRow } from './types';

const reader: Reader = { language: 'ja', word: (_field, value) => (value === 'adoption' ? '定着' : value) };
const field = (more: Partial<BookField>): BookField => ({
  key: 'phase',
  name: { en: 'Phase', ja: 'フェーズ' },
  group: 'account',
  group_name: { en: 'Account', ja: '顧客' },
  type: 'choice',
  sortable: true,
  column: true,
  ...more,
});

it('says free texts in the words known for them and choices by their names', () => {
  expect(choiceText(field({}), 'adoption', reader)).toBe('定着');
  expect(choiceText(field({}), '更新交渉', reader)).toBe('更新交渉');
  const channel = field({
    key: 'attribute.channel',
    choices: [{ value: 'direct', name: { en: 'Direct', ja: '直販' } }],
  });
  expect(choiceText(channel, 'direct', reader)).toBe('直販');
});

it('gives the filter fields in the language of the reader', () => {
  const fields = [field({ choices: [{ value: 'adoption', name: { en: 'adoption', ja: 'adoption' } }] })];
  expect(filterFields(fields, reader, 'JPY')).toEqual([
    {
      name: 'phase',
      label: 'フェーズ',
      type: 'choice',
      group: '顧客',
      hasHistory: undefined,
      choices: [{ value: 'adoption', label: '定着' }],
    },
  ]);
  expect(filterFields([field({ key: 'arr', type: 'money', choices: undefined })], reader, 'JPY')[0]?.currency).toBe(
    'JPY',
  );
});

it('finds values where the server puts them', () => {
  const row = { plan: 'light', attributes: { sites: 4 }, measures: { tickets: 0 }, groups: { adoption: 71.5 } };
  const value = (key: string) => cellValue(row as unknown as BookRow, key);
  expect(['plan', 'attribute.sites', 'measure.tickets', 'group.adoption'].map(value)).toEqual(['light', 4, 0, 71.5]);
  expect(value('attribute.gone')).toBeUndefined();
  expect(['plan', 'group.adoption'].map(isRequested)).toEqual([false, true]);
});
