// The attributes of an account that a condition can ask for: those with words in them.
import { queryOptions } from '@tanstack/react-query';
import { fieldsQuery, type BookField } from '../../../api/book-fields';
import type { TwoLanguages } from '../../../lib/language';

export interface AccountAttribute {
  /** As definitions name it: `plan`, or the key of a custom attribute. */
  key: string;
  name: TwoLanguages;
  choices: { value: string; name: TwoLanguages }[];
}

const yesNo: AccountAttribute['choices'] = [
  { value: 'yes', name: { en: 'Yes', ja: 'はい' } },
  { value: 'no', name: { en: 'No', ja: 'いいえ' } },
];

const custom = 'attribute.';
/** Fields of the account itself; the book lists computed ones beside them. */
const ofAccount = new Set(['phase', 'owner', 'industry', 'size', 'region', 'country', 'plan']);

function attributeFrom({ key, name, type, choices = [] }: BookField): AccountAttribute[] {
  const isCustom = key.startsWith(custom);
  if (!isCustom && !ofAccount.has(key)) return [];
  if (type !== 'choice' && type !== 'text' && type !== 'yes_no') return [];
  return [{ key: isCustom ? key.slice(custom.length) : key, name, choices: type === 'yes_no' ? yesNo : choices }];
}

export const accountAttributesQuery = queryOptions({
  ...fieldsQuery,
  select: (fields) => fields.flatMap(attributeFrom),
});
