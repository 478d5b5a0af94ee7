import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useAsOf } from '../../lib/as-of';
import { useMayEdit } from '../../lib/viewer';
import type { Subject } from './requests';

/** The account in the address, as known on the day in the address. */
export function useSubject(): Subject {
  const { accountId } = useParams({ from: '/_shell/accounts/$accountId' });
  const { asOf } = useAsOf();
  return useMemo(() => ({ id: accountId, asOf }), [accountId, asOf]);
}

/** Nobody edits the past, and readers do not edit at all. */
export function useCanEdit(): boolean {
  const mayEdit = useMayEdit();
  const { isPast } = useAsOf();
  return mayEdit && !isPast;
}
