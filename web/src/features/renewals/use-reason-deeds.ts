import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionPath, publishTogether } from '../../api/definitions';
import { sendJson } from '../../api/json';
import type { RenewalReason } from '../../api/renewal-reasons';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { bodyOf, type ReasonBody } from './reason-edit';

const kind = 'renewal_reason';

/** Changing the list of reasons. All but merging can be taken back: nobody knows which uses a merged reason had. */
export function useReasonDeeds() {
  const { t } = useTranslation('renewals');
  const language = useLanguage();
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['renewals'] }),
      client.invalidateQueries({ queryKey: ['definitions'] }),
    ]);
  const publish = useMutation({
    mutationFn: ({ key, body, why }: { key: string; body: ReasonBody; why: string }) =>
      publishTogether([{ kind, key, body }], why),
    onSettled,
  });
  const retire = useMutation({
    mutationFn: ({ key, why }: { key: string; why: string }) =>
      sendJson<void>('DELETE', `${definitionPath(kind, key)}?${new URLSearchParams({ why })}`),
    onSettled,
  });
  const merge = useMutation({
    mutationFn: ({ from, into }: { from: string; into: string }) =>
      sendJson<{ moved: number }>('POST', `/api/renewals/reasons/${from}/merge`, { into }),
    onSettled,
  });
  const undone = useCallback(() => ({ onSuccess: () => showToast(t('undone')), onError: showProblem }), [t]);

  const add = (key: string, body: ReasonBody, onDone: () => void) =>
    carryOut(
      publish,
      { key, body, why: t('reasons.why.added') },
      {
        onSuccess: () => {
          showToast(t('reasons.added', { name: body.name[language] }), () =>
            carryOut(retire, { key, why: t('reasons.why.undo') }, undone()),
          );
          onDone();
        },
        onError: showProblem,
      },
    );
  const change = (reason: RenewalReason, body: ReasonBody, onDone: () => void) =>
    carryOut(
      publish,
      { key: reason.key, body, why: t('reasons.why.changed') },
      {
        onSuccess: () => {
          showToast(t('reasons.changed', { name: body.name[language] }), () =>
            carryOut(publish, { key: reason.key, body: bodyOf(reason), why: t('reasons.why.undo') }, undone()),
          );
          onDone();
        },
        onError: showProblem,
      },
    );
  const takeOut = (reason: RenewalReason) =>
    carryOut(
      retire,
      { key: reason.key, why: t('reasons.why.retired') },
      {
        onSuccess: () =>
          showToast(t('reasons.retired', { name: reason.name[language] }), () =>
            carryOut(publish, { key: reason.key, body: bodyOf(reason), why: t('reasons.why.undo') }, undone()),
          ),
        onError: showProblem,
      },
    );
  const bringBack = (reason: RenewalReason) =>
    carryOut(
      publish,
      { key: reason.key, body: bodyOf(reason), why: t('reasons.why.restored') },
      {
        onSuccess: () =>
          showToast(t('reasons.restored', { name: reason.name[language] }), () =>
            carryOut(retire, { key: reason.key, why: t('reasons.why.undo') }, undone()),
          ),
        onError: showProblem,
      },
    );
  const mergeInto = (reason: RenewalReason, into: RenewalReason, onDone: () => void) =>
    carryOut(
      merge,
      { from: reason.key, into: into.key },
      {
        onSuccess: ({ moved }) => {
          showToast(t('reasons.merged', { name: reason.name[language], into: into.name[language], count: moved }));
          onDone();
        },
        onError: showProblem,
      },
    );
  return { add, change, takeOut, bringBack, mergeInto, busy: publish.isPending || merge.isPending };
}
