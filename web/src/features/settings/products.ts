import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../../api/json';

export const productsQuery = queryOptions({
  queryKey: ['products'],
  queryFn: ({ signal }) => getJson<{ items: { id: number; name: string }[] }>('/api/products', {}, signal),
  select: ({ items }) => items,
});
