import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { peopleQuery } from '../../api/people';
import {
  workKey,
  type CallChange,
  type CallDetail,
  type CallsInput,
  type CallsOpened,
  type CallList,
  type CallOutcome,
  type CallQuestion,
  type CallsChange,
  type CallsChanged,
  type CallStep,
} from '../../api/work';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { showProblem, showToast } from '../toast';
import { changedCall, changedList } from './optimistic';

/** What is done to some calls, without saying which. */
export type CallDeed = Omit<CallsChange, 'ids'>;

async function showAtOnce(client: QueryClient, change: CallsChange) {
  // A list asked for before would arrive after and show the calls as they were.
  await client.cancelQueries({ queryKey: workKey });
  const people = client.getQueryData(peopleQuery.queryKey) ?? [];
  const ids = new Set(change.ids);
  for (const [key, list] of client.getQueriesData<CallList>({ queryKey: ['work', 'calls'] })) {
    const question = key[2] as CallQuestion;
    if (list) client.setQueryData(key, changedList(list, ids, change, people, question.status));
  }
  for (const id of change.ids)
    client.setQueryData<CallDetail>(
      ['work', 'call', String(id)],
      (detail) => detail && { ...detail, ...changedCall(detail, change, people) },
    );
}

/** Changing calls, one or many: at once on the screen, confirmed by a quiet message with the way back. */
export function useCallDeeds() {
  const { t } = useTranslation('calls');
  const language = useLanguage();
  const client = useQueryClient();
  const onSettled = useCallback(() => client.invalidateQueries({ queryKey: workKey }), [client]);
  const keep = useCallback(
    (step: CallStep) => client.setQueryData(['work', 'call', String(step.call.id)], step.call),
    [client],
  );
  const { mutateAsync: change } = useMutation({
    mutationFn: (body: CallsChange) => sendJson<CallsChanged>('POST', '/api/calls/bulk', body),
    onMutate: (body) => showAtOnce(client, body),
    onSettled,
  });
  const { mutateAsync: step } = useMutation({
    mutationFn: ({ id, path, body, method = 'POST' }: Step) =>
      sendJson<CallStep>(method, `/api/calls/${id}${path}`, body),
    onSuccess: keep,
    onSettled,
  });
  const { mutateAsync: undo } = useMutation({
    mutationFn: (batch: number) =>
      sendJson<{ restored: number; changed_since: number[] }>('POST', '/api/calls/undo', { batch }),
    onSettled,
  });
  const { mutateAsync: open } = useMutation({
    mutationFn: (body: CallsInput) => sendJson<CallsOpened>('POST', '/api/calls/for-accounts', body),
    onSettled,
  });
  return useMemo(() => {
    const takeBack = (batch: number) => () =>
      carryOut({ mutateAsync: undo }, batch, {
        onSuccess: ({ restored, changed_since }) =>
          showToast(
            changed_since.length > 0
              ? t('deed.undoneExcept', { count: changed_since.length })
              : t('deed.undone', { count: restored }),
          ),
        onError: showProblem,
      });
    const way = (batch: number | null) => (batch === null ? undefined : takeBack(batch));
    const one = (wanted: Step, message: string, onDone?: () => void) =>
      carryOut({ mutateAsync: step }, wanted, {
        onSuccess: ({ batch }) => {
          showToast(message, way(batch));
          onDone?.();
        },
        onError: showProblem,
      });
    return {
      /** Does one thing to all of them; those that it does not fit are named. */
      apply: (ids: readonly number[], deed: CallDeed, onDone?: () => void) =>
        carryOut(
          { mutateAsync: change },
          { ...deed, ids: [...ids] },
          {
            onSuccess: ({ batch, changed, left }) => {
              const [first] = left;
              if (changed > 0) showToast(t(`deed.${deed.action}`, { count: changed }), way(batch));
              if (first) showToast(t('deed.left', { count: left.length, reason: first.reason[language] }));
              onDone?.();
            },
            onError: showProblem,
          },
        ),
      close: (
        id: number,
        body: { outcome: CallOutcome; why?: string; skip_open_tasks?: boolean },
        onDone?: () => void,
      ) => one({ id, path: '/close', body }, t('deed.close', { count: 1 }), onDone),
      reopen: (id: number, onDone?: () => void) => one({ id, path: '/reopen', body: {} }, t('deed.reopened'), onDone),
      edit: (id: number, body: CallChange, onDone?: () => void) =>
        one({ id, path: '', method: 'PATCH', body }, t('deed.edited'), onDone),
      follow: (id: number, follows: boolean) =>
        one({ id, path: '/follow', body: { follows } }, t(follows ? 'deed.follows' : 'deed.unfollows')),
      judge: (id: number, verdict: 'useful' | 'not_useful' | 'none', why?: string) =>
        one({ id, path: '/feedback', body: { verdict, why } }, t('deed.feedback', { count: 1 })),
      open: (body: CallsInput) => open(body),
    };
  }, [t, language, change, step, undo, open]);
}

interface Step {
  id: number;
  path: string;
  body: unknown;
  method?: 'POST' | 'PATCH';
}
