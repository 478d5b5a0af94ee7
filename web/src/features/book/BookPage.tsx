import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsQuery, type BookField } from '../../api/book-fields';
import { filterFields } from '../../components/filter/book-fields';
import { completeCondition, type Condition } from '../../components/filter/condition';
import { DataTable } from '../../components/data-table/DataTable';
import { LiveDot } from '../../components/LiveDot';
import { LevelStrip, type LevelTotals } from '../../components/LevelStrip';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { SidePanel } from '../../components/SidePanel';
import { useAsOf } from '../../lib/as-of';
import { useKnownWord } from '../../lib/known-words/known-words';
import { asLevel } from '../../lib/level';
import type { Sort } from '../../lib/search-params';
import { usePanel } from '../../lib/use-panel';
import { useFormat, useLanguage, useViewer } from '../../lib/viewer';
import { AccountPanel } from './AccountPanel';
import { fetchAllRows, fetchRows, rowsKey, exportHref, summaryQuery, type RowQuestion } from './book';
import { BookEmpty } from './BookEmpty';
import { BookFilter } from './BookFilter';
import { BulkBar } from './BulkBar';
import { isRequested } from './catalogue';
import { standardColumns, useBookColumns } from './columns';
import { sortsText, withSort } from './sorts';
import type { BookRow, BookSummary } from './types';
import { useBookState, withLevels } from './use-book-state';
import { useAccountRow } from './use-account-row';
import { useLiveBook } from './use-live-book';
import { useSelected } from './use-selected';
import { ViewTabs } from './ViewTabs';

const noFields: readonly BookField[] = [];

function levelTotals(summary: BookSummary | undefined): LevelTotals | undefined {
  return summary && Object.fromEntries(Object.entries(summary.levels).map(([key, total]) => [asLevel(key), total]));
}

/** All accounts: found, filtered, sorted, acted on. The page a CSM lives in. */
export function BookPage() {
  const { t } = useTranslation('book');
  const format = useFormat();
  const language = useLanguage();
  const { reportingCurrency, role } = useViewer();
  const mayDefine = role === 'admin' || role === 'leader';
  const { asOf } = useAsOf();
  useLiveBook(asOf === undefined);
  const state = useBookState();
  const panel = usePanel();
  const word = useKnownWord();
  const [filterOpened, { toggle: toggleFilter }] = useDisclosure(false);
  const { selected, setSelected, note, arrOf } = useSelected(reportingCurrency);

  const { data: fields = noFields } = useQuery(fieldsQuery);
  const editable = useMemo(
    () => filterFields(fields, { language, word }, reportingCurrency),
    [fields, language, word, reportingCurrency],
  );
  const columns = useBookColumns(fields, panel.open);
  const chosen = useMemo(
    () => (state.columns ?? standardColumns).filter((key) => columns.some(({ id }) => id === key)),
    [state.columns, columns],
  );

  const base = useMemo(() => {
    // Before the catalogue is here a filter of the address is sent as it stands.
    const filter = fields.length > 0 ? completeCondition(state.filter, editable) : state.filter;
    return { filter: filter && filter.rules.length > 0 ? filter : undefined, q: state.q, asOf };
  }, [fields, editable, state.filter, state.q, asOf]);
  const question = useMemo<RowQuestion>(
    () => ({
      ...base,
      filter: withLevels(base.filter, state.levels),
      sort: sortsText(state.sorts),
      columns: chosen.filter(isRequested),
    }),
    [base, state.levels, state.sorts, chosen],
  );
  const summary = useQuery(summaryQuery(base));
  const source = useMemo(
    () => ({
      queryKey: rowsKey(question),
      fetchWindow: async (window: { offset: number; limit: number; signal: AbortSignal }) => {
        const page = await fetchRows(question, window);
        note(page.items);
        return page;
      },
    }),
    [question, note],
  );
  // What was selected in one list means nothing in another.
  const scope = JSON.stringify([base, state.levels]);
  useEffect(() => setSelected(new Set()), [scope, setSelected]);

  const isNarrowed = base.filter !== undefined || state.q !== undefined || state.levels.length > 0;
  const fetchAllIds = async () => {
    const rows = await fetchAllRows(question);
    note(rows);
    return rows.map(({ id }) => String(id));
  };
  const onSort = useCallback((sort: Sort, add: boolean) => state.setSorts(withSort(state.sorts, sort, add)), [state]);

  // Nothing to search, filter or choose from: only the way to the first data.
  if (summary.data?.accounts === 0 && !isNarrowed && !summary.isPlaceholderData) {
    return (
      <Page>
        <PageHeader title={t('title')} />
        <BookEmpty isNarrowed={false} onClear={state.clearFilter} />
      </Page>
    );
  }
  return (
    <Page fill>
      <PageHeader
        title={t('title')}
        subtitle={
          summary.data &&
          t('subtitle', {
            count: summary.data.accounts,
            formatted: format.number(summary.data.accounts),
            arr: format.money(summary.data.arr),
          })
        }
        actions={
          <>
            {asOf === undefined && <LiveDot />}
            <Button
              size="xs"
              variant="default"
              component="a"
              href={exportHref({ ...question, columns: chosen })}
              download
              leftSection={<IconDownload size={15} stroke={1.6} />}
            >
              {t('export')}
            </Button>
          </>
        }
      />
      <ViewTabs state={state} />
      <LevelStrip
        totals={levelTotals(summary.data)}
        pressed={state.levels}
        onToggle={(level) =>
          state.setLevels(
            state.levels.includes(level) ? state.levels.filter((other) => other !== level) : [...state.levels, level],
          )
        }
      />
      <DataTable
        id="book"
        label={t('title')}
        columns={columns}
        columnControl={{ chosen, onChange: state.setColumns }}
        source={source}
        rowId={rowId}
        rowLabel={rowLabel}
        sort={state.sorts}
        onSortChange={onSort}
        selected={selected}
        onSelectedChange={setSelected}
        fetchAllIds={fetchAllIds}
        selectionSummary={(ids) => (
          <BulkBar ids={[...ids].map(Number)} arr={arrOf(ids)} fields={fields} onDone={() => setSelected(new Set())} />
        )}
        onOpen={(row) => panel.open(String(row.id))}
        openId={panel.id}
        toolbar={
          <BookFilter
            q={state.q}
            onQ={state.setQ}
            fields={editable}
            value={state.filter}
            onChange={state.setFilter}
            opened={filterOpened}
            onToggle={toggleFilter}
            isNarrowed={isNarrowed}
            onClear={state.clearFilter}
            asSegment={mayDefine && question.filter && <AsSegment condition={question.filter} />}
          />
        }
        empty={<BookEmpty isNarrowed={isNarrowed} onClear={state.clearFilter} />}
      />
      <SidePanel title={(id) => <PanelTitle id={id} />}>
        {(id) => <AccountPanel key={id} id={id} fields={fields} />}
      </SidePanel>
    </Page>
  );
}

/** Keeps what the list is narrowed by, levels included, as the condition of a new segment. */
function AsSegment({ condition }: { condition: Condition }) {
  const { t } = useTranslation('book');
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconUsersGroup size={15} stroke={1.6} aria-hidden />}
      renderRoot={(props) => <Link to="/segments/new" search={{ condition }} {...props} />}
    >
      {t('filter.asSegment')}
    </Button>
  );
}

function rowId(row: BookRow): string {
  return String(row.id);
}

function rowLabel(row: BookRow): string {
  return row.name;
}

function PanelTitle({ id }: { id: string }) {
  const { asOf } = useAsOf();
  const { t } = useTranslation('book');
  const { data: row } = useAccountRow(id, asOf);
  return row?.name ?? t('panel.loading');
}
