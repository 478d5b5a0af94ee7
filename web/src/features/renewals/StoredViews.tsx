import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getJson, sendJson } from '../../api/json';
import { SavedViews, type SavedView } from '../../components/SavedViews';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useMayEdit } from '../../lib/viewer';
import type { RenewalViewQuery } from './types';

interface StoredView {
  id: number;
  name: string;
  scope: 'mine' | 'team';
  changeable: boolean;
  query: RenewalViewQuery;
}

const route = getRouteApi('/_shell/renewals');
const key = ['views'] as const;

/** Filter, sort and search of this list under a name, beside the views of the book. */
export function StoredViews() {
  const { t } = useTranslation('renewals');
  const mayShare = useMayEdit();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: key });
  const { data: all = [] } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await getJson<{ items: StoredView[] }>('/api/views', {}, signal)).items,
  });
  const stored = all.filter(({ query }) => query.list === 'renewals');
  const create = useMutation({
    mutationFn: (view: Pick<StoredView, 'name' | 'scope' | 'query'>) =>
      sendJson<StoredView>('POST', '/api/views', view),
    onSettled,
  });
  const update = useMutation({
    mutationFn: ({ id, query }: Pick<StoredView, 'id' | 'query'>) =>
      sendJson<StoredView>('PATCH', `/api/views/${id}`, { query }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: number) => sendJson<void>('DELETE', `/api/views/${id}`),
    onSettled,
  });
  const present: RenewalViewQuery = {
    list: 'renewals',
    q: search.q ?? null,
    filter: search.filter ?? null,
    sort: search.sort ?? null,
    mine: search.mine ?? null,
  };
  const show = (view: StoredView | undefined) =>
    void navigate({
      search: (before) => ({
        ...before,
        q: view?.query.q ?? undefined,
        filter: view?.query.filter ?? undefined,
        sort: view?.query.sort ?? undefined,
        mine: view?.query.mine ? true : undefined,
        saved: view && String(view.id),
      }),
    });
  const find = (view: SavedView | undefined) => stored.find(({ id }) => String(id) === view?.id);
  const current = stored.find(({ id }) => String(id) === search.saved);
  const told = (name: string) => ({ onSuccess: () => showToast(t('viewSaved', { name })), onError: showProblem });
  return (
    <SavedViews
      views={stored.map(({ id, name, scope, changeable }) => ({
        id: String(id),
        name,
        shared: scope === 'team',
        mine: changeable,
      }))}
      currentId={search.saved}
      changed={current !== undefined && JSON.stringify(current.query) !== JSON.stringify(present)}
      onChoose={(view) => show(find(view))}
      onSave={({ name, shared }) =>
        carryOut(
          create,
          { name, scope: shared ? ('team' as const) : ('mine' as const), query: present },
          { ...told(name), onSuccess: (view) => show(view) },
        )
      }
      onUpdate={(view) => carryOut(update, { id: Number(view.id), query: present }, told(view.name))}
      onRemove={(view) => carryOut(remove, Number(view.id), { onSuccess: () => show(undefined), onError: showProblem })}
      mayShare={mayShare}
    />
  );
}
