// Which signals an account is in, and when signals fired on it (/api/accounts/{id}/signals).
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson } from '../../../api/json';
import type { paths } from '../../../api/schema';

type AccountSignals = paths['/api/accounts/{id}/signals']['get']['responses']['200']['content']['application/json'];

export const firingsPage = 10;

export const accountSignalsQuery = (id: string, shown: number) =>
  queryOptions({
    queryKey: ['accounts', id, 'signals', shown],
    queryFn: ({ signal }) =>
      getJson<AccountSignals>(`/api/accounts/${id}/signals`, { offset: 0, limit: shown }, signal),
    placeholderData: keepPreviousData,
  });
