import { Title, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../../components/data-table/DataTable';
import type { DataColumn } from '../../../components/data-table/types';
import { DateText } from '../../../components/DateText';
import type { Sort } from '../../../lib/search-params';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Account.module.css';
import { Delta } from '../Delta';
import type { FeatureUse } from '../types';
import { useOpenPanel } from '../use-account-address';

/** What is used, by how many, and whether it grows. A row walks down to its events. */
export function FeatureTable({ features }: { features: readonly FeatureUse[] }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const open = useOpenPanel();
  const [sort, setSort] = useState<Sort>({ column: 'events', direction: 'desc' });
  const columns = useMemo<DataColumn<FeatureUse>[]>(
    () => [
      {
        id: 'name',
        header: t('usage.feature'),
        width_px: 240,
        sortable: true,
        sortValue: ({ name }) => name[language],
        cell: ({ name, key }) => (
          <UnstyledButton className={classes.walk} onClick={() => open({ kind: 'events', question: { feature: key } })}>
            {name[language] || key}
          </UnstyledButton>
        ),
      },
      {
        id: 'module',
        header: t('usage.module'),
        width_px: 160,
        sortable: true,
        sortValue: ({ module }) => module,
        cell: ({ module }) => module || '–',
      },
      {
        id: 'events',
        header: t('usage.events'),
        align: 'right',
        width_px: 110,
        sortable: true,
        sortValue: ({ events }) => events,
        cell: ({ events }) => format.number(events),
      },
      {
        id: 'users',
        header: t('usage.users'),
        align: 'right',
        width_px: 110,
        sortable: true,
        sortValue: ({ users }) => users,
        cell: ({ users }) => format.number(users),
      },
      {
        id: 'trend',
        header: t('usage.trend'),
        description: t('usage.trendHelp'),
        align: 'right',
        width_px: 130,
        sortable: true,
        sortValue: ({ trend }) => trend,
        cell: ({ trend }) => <Delta ratio={trend} />,
      },
      {
        id: 'last_day',
        header: t('usage.lastUsed'),
        width_px: 130,
        sortable: true,
        sortValue: ({ last_day }) => last_day,
        cell: ({ last_day }) => <DateText value={last_day} />,
      },
    ],
    [t, format, language, open],
  );
  return (
    <DataTable
      id="account-features"
      label={t('usage.features')}
      columns={columns}
      source={{ rows: features }}
      rowId={({ key }) => key}
      rowLabel={({ name }) => name[language]}
      sort={sort}
      onSortChange={setSort}
      onOpen={({ key }) => open({ kind: 'events', question: { feature: key } })}
      height="content"
      toolbar={<Title order={2}>{t('usage.features')}</Title>}
    />
  );
}
