import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callsKey, callsQuery, fetchCalls, type Call } from '../../api/work';
import { DataTable } from '../../components/data-table/DataTable';
import { parseSort, type Sort } from '../../lib/search-params';
import { usePanel } from '../../lib/use-panel';
import { useLanguage } from '../../lib/viewer';
import { BulkBar } from './BulkBar';
import { useCallColumns } from './columns';
import { useAsk, type Asked } from './deeds';
import { Narrowing } from './Narrowing';
import { NothingToDo } from './NothingToDo';
import { Summary } from './Summary';
import { useCockpit } from './use-cockpit';
import { useKnownCalls } from './use-known-calls';

const mostSelected = 1000;
const twoLines_px = 52;
const card_px = 220;

/** Everything that waits, in the order in which it matters. */
export function CallList() {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const panel = usePanel();
  const ask = useAsk();
  const { search, change, question, mayEdit } = useCockpit();
  const { data: first } = useQuery(callsQuery(question, 1));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const known = useKnownCalls();
  const columns = useCallColumns({ onOpen: panel.open, isMine: question.scope === 'me' });
  const source = useMemo(
    () => ({
      queryKey: callsKey(question),
      fetchWindow: async (range: { offset: number; limit: number; signal: AbortSignal }) => {
        const list = await fetchCalls(question, range);
        known.note(list.items);
        return list;
      },
    }),
    [question, known],
  );
  const fetchAllIds = useCallback(async () => {
    const { items } = await fetchCalls(question, { offset: 0, limit: mostSelected });
    known.note(items);
    return items.map(rowId);
  }, [question, known]);
  const clear = () => setSelected(new Set());
  /** What is selected, else the row one is at. */
  const about = (row: Call | undefined) => {
    const calls = known.of(selected);
    return calls.length > 0 ? calls : row ? [row] : [];
  };
  const askAbout = (what: Asked) => (row: Call | undefined) => {
    const calls = about(row);
    if (calls.length > 0) ask({ what, calls, onDone: clear });
  };
  const rowKeys = [
    { key: 's', label: t('keys.snooze'), run: askAbout('snooze') },
    { key: 'c', label: t('keys.close'), run: askAbout('close') },
    { key: 'a', label: t('keys.assign'), run: askAbout('assign') },
    { key: 'd', label: t('keys.due'), run: askAbout('due') },
  ];
  return (
    <>
      <Summary summary={first?.summary} />
      <DataTable
        id="calls"
        label={t('title')}
        columns={columns}
        source={source}
        rowId={rowId}
        rowLabel={(call) => t('calls:lineTitle', { account: call.account.name, title: call.title[language] })}
        rowHeight_px={twoLines_px}
        cardHeight_px={card_px}
        sort={parseSort(search.sort ?? (search.status === 'closed' ? '-closed' : 'rank'))}
        onSortChange={(sort: Sort) =>
          change({ sort: `${sort.direction === 'desc' ? '-' : ''}${sort.column}` as never })
        }
        {...(mayEdit && {
          selected,
          onSelectedChange: setSelected,
          fetchAllIds,
          selectionSummary: (ids: ReadonlySet<string>) => <BulkBar calls={known.of(ids)} onDone={clear} />,
          onEdit: (call: Call) => ask({ what: 'edit', calls: [call] }),
          rowKeys,
        })}
        onOpen={(call) => panel.open(rowId(call))}
        openId={panel.id}
        toolbar={<Narrowing counts={first?.counts} withStatus />}
        empty={<NothingToDo />}
      />
    </>
  );
}

const rowId = ({ id }: Call) => String(id);
