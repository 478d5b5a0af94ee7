import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { TwoLanguages } from '../../lib/language';
import { getJson, sendJson } from '../../api/json';

export const attributeTypes = ['text', 'number', 'date', 'yes_no', 'choice', 'money'] as const;
export type AttributeType = (typeof attributeTypes)[number];

export interface AttributeChoice {
  value: string;
  label: TwoLanguages;
}

export interface Attribute {
  key: string;
  name: TwoLanguages;
  type: AttributeType;
  choices: AttributeChoice[];
  currency: string | null;
  /** Accounts that have a value. */
  used_by: number;
  /** Kept by this part of the product: shown, but not changed by people. */
  managed_by: string | null;
}

export interface AttributeChange {
  name: TwoLanguages;
  type?: AttributeType;
  choices?: AttributeChoice[];
  currency?: string;
}

export const attributesQuery = queryOptions({
  queryKey: ['attributes'],
  queryFn: ({ signal }) => getJson<{ items: Attribute[] }>('/api/attributes', {}, signal),
  select: ({ items }) => items,
});

export function useAttributeDeeds() {
  const client = useQueryClient();
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: attributesQuery.queryKey });
    await client.invalidateQueries({ queryKey: ['book'] });
  };
  const create = useMutation({
    mutationFn: (change: AttributeChange) => sendJson<Attribute>('POST', '/api/attributes', change),
    onSuccess: refresh,
  });
  const change = useMutation({
    mutationFn: ({ key, change: next }: { key: string; change: AttributeChange }) =>
      sendJson<Attribute>('PATCH', `/api/attributes/${encodeURIComponent(key)}`, next),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (key: string) => sendJson('DELETE', `/api/attributes/${encodeURIComponent(key)}`),
    onSuccess: refresh,
  });
  return { create, change, remove };
}
