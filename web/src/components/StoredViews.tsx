import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getJson, sendJson } from '../api/json';
import { carryOut } from '../lib/carry-out';
import { useMayEdit } from '../lib/viewer';
import { SavedViews, type SavedView } from './SavedViews';
import { showProblem, showToast } from './toast';

interface StoredView<Query> {
  id: number;
  name: string;
  scope: 'mine' | 'team';
  changeable: boolean;
  query: Query & { list?: string };
}

interface StoredViewsProps<Query extends object> {
  /** Which list of the app the views are of; the server keeps all of them in one place. */
  list: string;
  /** What the page shows now, with null for what is not chosen. */
  present: Query;
  /** The number of the view that the address names. */
  currentId: string | undefined;
  /** Undefined leads back to the standard view. */
  onShow: (query: Query | undefined, id: string | undefined) => void;
}

const key = ['views'] as const;

/** Filter, sort and search of a list under a name: mine and the team's, kept by the server. */
export function StoredViews<Query extends object>({ list, present, currentId, onShow }: StoredViewsProps<Query>) {
  const { t } = useTranslation('common');
  const mayShare = useMayEdit();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: key });
  const { data: all = [] } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await getJson<{ items: StoredView<Query>[] }>('/api/views', {}, signal)).items,
  });
  const stored = all.filter(({ query }) => query.list === list);
  const query = { list, ...present };
  const create = useMutation({
    mutationFn: (view: Pick<StoredView<Query>, 'name' | 'scope' | 'query'>) =>
      sendJson<StoredView<Query>>('POST', '/api/views', view),
    onSettled,
  });
  const update = useMutation({
    mutationFn: (view: Pick<StoredView<Query>, 'id' | 'query'>) =>
      sendJson<StoredView<Query>>('PATCH', `/api/views/${view.id}`, { query: view.query }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: number) => sendJson<void>('DELETE', `/api/views/${id}`),
    onSettled,
  });
  const show = (view: StoredView<Query> | undefined) => onShow(view?.query, view && String(view.id));
  const find = (view: SavedView | undefined) => stored.find(({ id }) => String(id) === view?.id);
  const current = stored.find(({ id }) => String(id) === currentId);
  const told = (name: string) => ({ onSuccess: () => showToast(t('views.saved', { name })), onError: showProblem });
  return (
    <SavedViews
      views={stored.map(({ id, name, scope, changeable }) => ({
        id: String(id),
        name,
        shared: scope === 'team',
        mine: changeable,
      }))}
      currentId={currentId}
      changed={current !== undefined && JSON.stringify(current.query) !== JSON.stringify(query)}
      onChoose={(view) => show(find(view))}
      onSave={({ name, shared }) =>
        carryOut(
          create,
          { name, scope: shared ? ('team' as const) : ('mine' as const), query },
          { ...told(name), onSuccess: (view) => show(view) },
        )
      }
      onUpdate={(view) => carryOut(update, { id: Number(view.id), query }, told(view.name))}
      onRemove={(view) => carryOut(remove, Number(view.id), { onSuccess: () => show(undefined), onError: showProblem })}
      mayShare={mayShare}
    />
  );
}
