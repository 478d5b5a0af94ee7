import { Button, Group, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Money } from '../../components/Money';
import { useAsOf } from '../../lib/as-of';
import { parseSort, type Sort } from '../../lib/search-params';
import { usePanel } from '../../lib/use-panel';
import { useMayEdit } from '../../lib/viewer';
import { CategoryBadge } from './Badges';
import { useRenewalColumns } from './columns';
import classes from './Renewals.module.css';
import { fetchRenewals, listKey, peopleQuery, summaryQuery, type Question } from './requests';
import { categories, type Renewal, type RenewalChange } from './types';
import { useDeeds } from './use-deeds';

const route = getRouteApi('/_shell/renewals');

export function RenewalList({ question }: { question: Question }) {
  const { t } = useTranslation('renewals');
  const { isPast } = useAsOf();
  const mayEdit = useMayEdit() && !isPast;
  const panel = usePanel();
  const navigate = route.useNavigate();
  const { changeRenewals } = useDeeds();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const onChange = useCallback((id: string, set: RenewalChange) => changeRenewals([id], set), [changeRenewals]);
  const columns = useRenewalColumns({ mayEdit, onOpen: panel.open, onChange });
  const source = useMemo(
    () => ({
      queryKey: listKey(question),
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) => fetchRenewals(question, window),
    }),
    [question],
  );
  const onSort = (sort: Sort) =>
    void navigate({
      search: (before) => ({ ...before, sort: `${sort.direction === 'desc' ? '-' : ''}${sort.column}` }),
      replace: true,
    });
  return (
    <>
      <SumsLine question={question} />
      <DataTable
        id="renewals"
        label={t('title')}
        columns={columns}
        source={source}
        rowId={rowId}
        rowLabel={rowLabel}
        sort={parseSort(question.sort ?? 'due_day')}
        onSortChange={onSort}
        {...(mayEdit && {
          selected,
          onSelectedChange: setSelected,
          selectionSummary: (ids: ReadonlySet<string>) => (
            <Bulk ids={[...ids]} onChange={(set) => changeRenewals([...ids], set, () => setSelected(new Set()))} />
          ),
        })}
        onOpen={(row) => panel.open(row.id)}
        onEdit={(row) => panel.open(row.id)}
        openId={panel.id}
        empty={<EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>}
      />
    </>
  );
}

const rowId = (row: Renewal) => row.id;
const rowLabel = (row: Renewal) => row.account.name;

/** What is due, hoped for and expected, of all that the list holds. */
export function SumsLine({ question }: { question: Question }) {
  const { t } = useTranslation('renewals');
  const { data } = useQuery(summaryQuery(question));
  if (!data) return <div style={{ height: 34 }} />;
  const { summary } = data;
  return (
    <dl className={classes.sums}>
      <div>
        <dt>{t('sum.renewals')}</dt>
        <dd>{t('sum.count', { count: summary.renewals })}</dd>
      </div>
      {(['due', 'target', 'forecast', 'expected'] as const).map((key) => (
        <div key={key}>
          <dt>{t(`sum.${key}`)}</dt>
          <dd>
            <Money value={summary[key]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Bulk({ ids, onChange }: { ids: readonly string[]; onChange: (set: RenewalChange) => void }) {
  const { t } = useTranslation('renewals');
  const { data: people = [] } = useQuery(peopleQuery);
  return (
    <Group gap="xs">
      <Text fz="sm">{t('selected', { count: ids.length })}</Text>
      <Menu>
        <Menu.Target>
          <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('bulk.category')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {categories.map((category) => (
            <Menu.Item key={category} onClick={() => onChange({ category })}>
              <CategoryBadge category={category} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu>
        <Menu.Target>
          <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('bulk.owner')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
          {people.map(({ id, name }) => (
            <Menu.Item key={id} onClick={() => onChange({ owner_id: id })}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
