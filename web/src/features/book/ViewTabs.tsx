import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { SavedViews, type SavedView } from '../../components/SavedViews';
import { confirm } from '../../components/confirm';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useViewer } from '../../lib/viewer';
import classes from './Book.module.css';
import { builtInView, builtInViewIds, type BuiltInViewId } from './built-in-views';
import type { StoredView } from './types';
import { differs, type useBookState } from './use-book-state';
import { useViewChanges, viewsQuery } from './views';

type BookState = ReturnType<typeof useBookState>;

/** The views every workspace has as tabs, and beside them those that people saved. */
export function ViewTabs({ state }: { state: BookState }) {
  const { t } = useTranslation('book');
  const viewer = useViewer();
  const isStandard = state.view === undefined && state.saved === undefined;
  const tab = (id: BuiltInViewId | undefined, isCurrent: boolean) => (
    <UnstyledButton
      key={id ?? 'all'}
      className={classes.tab}
      aria-current={isCurrent}
      onClick={() => state.show(id ? builtInView(id, viewer) : {}, { view: id })}
    >
      {t(`view.${id ?? 'all'}`)}
    </UnstyledButton>
  );
  return (
    <nav className={classes.views} aria-label={t('view.label')}>
      <div className={classes.tabs}>
        {tab(undefined, isStandard)}
        {builtInViewIds.map((id) => tab(id, state.view === id))}
      </div>
      <StoredViews state={state} />
    </nav>
  );
}

function StoredViews({ state }: { state: BookState }) {
  const { t } = useTranslation('book');
  const { role } = useViewer();
  const { data: stored = [] } = useQuery(viewsQuery);
  const { create, update, remove } = useViewChanges();
  const current = stored.find(({ id }) => String(id) === state.saved);
  const storedOf = (view: SavedView) => stored.find(({ id }) => String(id) === view.id);

  const save = ({ name, shared }: { name: string; shared: boolean }) =>
    carryOut(
      create,
      { name, scope: shared ? 'team' : 'mine', query: state.query },
      {
        onSuccess: (view) => {
          state.show(view.query, { saved: String(view.id) });
          showToast(t('view.saved', { name }));
        },
        onError: showProblem,
      },
    );
  const removeView = (view: SavedView) =>
    confirm({
      title: t('view.removeTitle', { name: view.name }),
      children: t(view.shared ? 'view.removeShared' : 'view.removeOwn'),
      confirmLabel: t('view.remove'),
      danger: true,
      onConfirm: () => carryOut(remove, Number(view.id), { onError: showProblem }),
    });
  const overwrite = (view: SavedView) => {
    const before = storedOf(view)?.query;
    carryOut(
      update,
      { id: Number(view.id), query: state.query },
      {
        onSuccess: () =>
          showToast(
            t('view.saved', { name: view.name }),
            before && (() => carryOut(update, { id: Number(view.id), query: before }, { onError: showProblem })),
          ),
        onError: showProblem,
      },
    );
  };
  return (
    <SavedViews
      views={stored.map((view) => viewItem(view))}
      currentId={state.saved}
      changed={current !== undefined && differs(state.query, current.query)}
      onChoose={(view) => state.show((view && storedOf(view)?.query) ?? {}, { saved: view?.id })}
      onSave={save}
      onUpdate={overwrite}
      onRemove={removeView}
      mayShare={role !== 'read_only'}
    />
  );
}

function viewItem({ id, name, scope, changeable }: StoredView): SavedView {
  return { id: String(id), name, shared: scope === 'team', mine: changeable };
}
