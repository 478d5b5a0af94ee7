import { expect, it } from 'vitest';
import type { BookField } from '../../api/book-fields';
import { choiceText, filterFields, type Reader } from './book-fields';

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
