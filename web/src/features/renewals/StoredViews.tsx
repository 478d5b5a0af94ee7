import { getRouteApi } from '@tanstack/react-router';
import { StoredViews as StoredListViews } from '../../components/StoredViews';
import type { RenewalViewQuery } from './types';

const route = getRouteApi('/_shell/renewals');

/** Filter, sort and search of this list under a name. */
export function StoredViews() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const present: Omit<RenewalViewQuery, 'list'> = {
    q: search.q ?? null,
    filter: search.filter ?? null,
    sort: search.sort ?? null,
    mine: search.mine ?? null,
  };
  return (
    <StoredListViews
      list="renewals"
      present={present}
      currentId={search.saved}
      onShow={(query, saved) =>
        void navigate({
          search: (before) => ({
            ...before,
            q: query?.q ?? undefined,
            filter: query?.filter ?? undefined,
            sort: query?.sort ?? undefined,
            mine: query?.mine ? true : undefined,
            saved,
          }),
        })
      }
    />
  );
}
