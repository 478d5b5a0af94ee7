import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import type { RenewalChange, RenewalDetails } from './types';

interface Wanted {
  ids: readonly string[];
  set: RenewalChange;
}

/** Changing renewals, one or many, with the way back; and deciding about opportunities. */
export function useDeeds() {
  const { t } = useTranslation('renewals');
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: ['renewals'] });
  const change = useMutation({
    mutationFn: async ({ ids, set }: Wanted): Promise<number | undefined> => {
      if (ids.length === 1) return (await sendJson<RenewalDetails>('PATCH', `/api/renewals/${ids[0]}`, set)).batch;
      return (await sendJson<{ batch: number }>('POST', '/api/renewals/bulk', { ids, set })).batch;
    },
    onSettled,
  });
  const undo = useMutation({
    mutationFn: (batch: number) => sendJson<unknown>('POST', '/api/renewals/undo', { batch }),
    onSettled,
  });
  const decide = useMutation({
    mutationFn: (decision: Record<string, unknown>) => sendJson<void>('POST', '/api/renewals/opportunities', decision),
    onSettled,
  });
  const changeRenewals = useCallback(
    (ids: readonly string[], set: RenewalChange, onDone?: () => void) =>
      carryOut(
        change,
        { ids, set },
        {
          onSuccess: (batch) => {
            const takeBack = () =>
              carryOut(undo, batch!, { onSuccess: () => showToast(t('undone')), onError: showProblem });
            showToast(t('changed', { count: ids.length }), batch === undefined ? undefined : takeBack);
            onDone?.();
          },
          onError: showProblem,
        },
      ),
    [change, undo, t],
  );
  return { changeRenewals, decide };
}
