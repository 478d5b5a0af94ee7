import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { workKey } from '../../api/work';
import { useAsOf } from '../../lib/as-of';
import { collector } from '../../lib/live/collect';
import { useLive } from '../../lib/live/use-live';
import { useMayEdit, useViewer } from '../../lib/viewer';
import { questionOf, taskQuestionOf, type CockpitSearch } from './question';

const route = getRouteApi('/_shell/cockpit');
const pause_ms = 1000;

/** What the page shows, and how it is changed. */
export function useCockpit() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { bookDay } = useViewer();
  const { isPast } = useAsOf();
  const mayEdit = useMayEdit() && !isPast;
  const question = useMemo(() => questionOf(search, bookDay), [search, bookDay]);
  const taskQuestion = useMemo(() => taskQuestionOf(search, bookDay), [search, bookDay]);
  const change = useCallback(
    (next: Partial<CockpitSearch>, replace = true) =>
      void navigate({ search: (before) => ({ ...before, ...next }), replace }),
    [navigate],
  );
  return { search, change, question, taskQuestion, mayEdit, today: bookDay };
}

/** Reads what is shown anew after work changed. */
export function useLiveWork() {
  const client = useQueryClient();
  const soon = useMemo(
    () => collector<string>(pause_ms, () => void client.invalidateQueries({ queryKey: workKey })),
    [client],
  );
  useLive({ work: () => soon.add(['all']), onGap: () => soon.add(['all']) });
}
