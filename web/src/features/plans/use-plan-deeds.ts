import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { planOf, planQuery, plansKey, type ItemKind, type Plan } from '../../api/plans';
import { isProblem } from '../../api/problem';
import type { components } from '../../api/schema';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import type { Day } from '../../lib/format/date';
import { applied, type Operation } from './edit';

interface Deed {
  method: 'POST' | 'PUT';
  path: string;
  body: unknown;
}

export interface PlanDeeds {
  /** Changes the document; shown at once, told with the way back. */
  change: (operations: readonly Operation[], told: string, onDone?: () => void) => void;
  restore: (version: number) => void;
  send: (contactIds: readonly number[], onDone: () => void) => void;
  close: (why: string, onDone: () => void) => void;
  reopen: () => void;
  confirm: (
    told: { goal: string; contact_id: number; verdict: 'confirmed' | 'commented'; words: string },
    onDone: () => void,
  ) => void;
  comment: (comment: { item: string | null; words: string; internal: boolean }, onDone: () => void) => void;
  enterReading: (reading: { goal: string; value: number; day: Day }, onDone: () => void) => void;
  askReview: (why: string, onDone: () => void) => void;
  finishReview: (review: number, note: string, onDone: () => void) => void;
  writeValue: (goal: string, value: { story: string; shared: boolean }, onDone?: () => void) => void;
  takeOffers: (toVersion: number, take: { kind: ItemKind; key: string }[], onDone: () => void) => void;
  isBusy: boolean;
}

/** What one does with a plan. Every answer is the whole plan; lists and sums are read anew after it. */
export function usePlanDeeds(plan: Plan): PlanDeeds {
  const { t } = useTranslation('plans');
  const client = useQueryClient();
  const { id, version } = plan;
  const key = planQuery(id).queryKey;
  const { mutateAsync, isPending } = useMutation({
    mutationFn: async ({ method, path, body }: Deed) =>
      planOf(await sendJson<components['schemas']['Plan']>(method, `/api/plans/${id}${path}`, body)),
  });
  const run = useCallback(
    (deed: Deed, onSuccess: (after: Plan) => void, onError?: () => void) =>
      carryOut({ mutateAsync }, deed, {
        onSuccess: (after) => {
          client.setQueryData(key, after);
          void client.invalidateQueries({ queryKey: plansKey, predicate: ({ queryKey }) => queryKey[1] !== 'one' });
          onSuccess(after);
        },
        onError: (error) => {
          onError?.();
          showProblem(error);
          // Somebody else was quicker: what they did is shown.
          if (isProblem(error, 409)) void client.invalidateQueries({ queryKey: key });
        },
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key holds nothing but the id
    [mutateAsync, client, id],
  );
  return useMemo(() => {
    const post = (path: string, body: unknown): Deed => ({ method: 'POST', path, body });
    const putBack = (to: number, from: number) =>
      run(post(`/versions/${to}/restore`, { base_version: from }), () => showToast(t('told.undone')));
    return {
      change: (operations, told, onDone) => {
        const before = client.getQueryData(key);
        const base = before?.version ?? version;
        if (before) client.setQueryData(key, { ...before, document: applied(before.document, operations) });
        run(
          post('/changes', { base_version: base, operations }),
          (after) => {
            showToast(told, after.version > base ? () => putBack(base, after.version) : undefined);
            onDone?.();
          },
          () => before && client.setQueryData(key, before),
        );
      },
      restore: (to) =>
        run(post(`/versions/${to}/restore`, { base_version: version }), (after) =>
          showToast(t('told.restored', { version: to }), () => putBack(version, after.version)),
        ),
      send: (contact_ids, onDone) =>
        run(post('/send', { contact_ids }), () => {
          showToast(t('told.sent'));
          onDone();
        }),
      close: (why, onDone) =>
        run(post('/close', { why }), () => {
          showToast(t('told.closed'), () => run(post('/reopen', undefined), () => showToast(t('told.reopened'))));
          onDone();
        }),
      reopen: () => run(post('/reopen', undefined), () => showToast(t('told.reopened'))),
      confirm: (told, onDone) =>
        run(post('/confirmations', told), () => {
          showToast(t('told.confirmed'));
          onDone();
        }),
      comment: (comment, onDone) =>
        run(post('/comments', comment), () => {
          showToast(t('told.commented'));
          onDone();
        }),
      enterReading: (reading, onDone) =>
        run(post('/readings', reading), () => {
          showToast(t('told.reading'));
          onDone();
        }),
      askReview: (why, onDone) =>
        run(post('/reviews', { why }), () => {
          showToast(t('told.reviewAsked'));
          onDone();
        }),
      finishReview: (review, note, onDone) =>
        run(post(`/reviews/${review}`, { note }), () => {
          showToast(t('told.reviewDone'));
          onDone();
        }),
      writeValue: (goal, value, onDone) => {
        const before = plan.values.find((each) => each.goal === goal);
        const put = (body: { story: string; shared: boolean }): Deed => ({
          method: 'PUT',
          path: `/values/${goal}`,
          body,
        });
        run(put(value), () => {
          showToast(
            t('told.value'),
            before &&
              (() => run(put({ story: before.story, shared: before.shared }), () => showToast(t('told.undone')))),
          );
          onDone?.();
        });
      },
      takeOffers: (to_version, take, onDone) =>
        run(post('/offers', { to_version, take }), (after) => {
          showToast(
            t('told.offers', { count: take.length }),
            after.version > version ? () => putBack(version, after.version) : undefined,
          );
          onDone();
        }),
      isBusy: isPending,
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key holds nothing but the id
  }, [run, client, version, plan.values, isPending, t, id]);
}
