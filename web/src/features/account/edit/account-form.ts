// The form's values of an account, and the patch that says only what differs.
import type { AccountPatch } from '../account-changes';
import type { Account, AttributeValue } from '../types';

const textFields = ['reading', 'phase', 'industry', 'size', 'region', 'country', 'plan'] as const;

export interface AccountValues extends Record<(typeof textFields)[number], string> {
  name: string;
  domains: string[];
  /** A user's id as text, "nobody", or null while the record names somebody who is no user. */
  owner: string | null;
  created_day: string | null;
  attributes: Record<string, AttributeValue>;
  why: string;
}

export function valuesOf(account: Account): AccountValues {
  const texts = Object.fromEntries(textFields.map((field) => [field, account[field] ?? '']));
  const owner = account.owner === null ? 'nobody' : account.owner.id === null ? null : String(account.owner.id);
  return {
    ...(texts as Record<(typeof textFields)[number], string>),
    name: account.name,
    domains: account.domains,
    owner,
    created_day: account.created_day,
    attributes: { ...account.attributes },
    why: '',
  };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

export function patchFrom(account: Account, values: AccountValues): AccountPatch {
  const before = valuesOf(account);
  const patch: AccountPatch = {};
  if (values.name.trim() !== before.name) patch.name = values.name.trim();
  for (const field of textFields) {
    const text = values[field].trim();
    if (text !== before[field]) patch[field] = text === '' ? null : text;
  }
  if (!isSame(values.domains, before.domains)) patch.domains = values.domains;
  if (values.owner !== before.owner && values.owner !== null)
    patch.owner_id = values.owner === 'nobody' ? null : Number(values.owner);
  if (!isSame(values.created_day, before.created_day)) patch.created_day = values.created_day;
  const changed = Object.entries(values.attributes).filter(([key, value]) => !isSame(value, before.attributes[key]));
  if (changed.length > 0) patch.attributes = Object.fromEntries(changed);
  return patch;
}
