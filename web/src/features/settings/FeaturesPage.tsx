import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { SearchInput } from '../../components/SearchInput';
import { SidePanel } from '../../components/SidePanel';
import type { Sort } from '../../lib/search-params';
import { usePanel } from '../../lib/use-panel';
import { useFormat, useLanguage } from '../../lib/viewer';
import { FeaturePanel } from './FeaturePanel';
import { featuresQuery, type Feature } from './features';

const route = getRouteApi('/_shell/settings/features');

/** Settings › Features: what customers use, in words people understand. */
export function FeaturesPage() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const format = useFormat();
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const features = useQuery(featuresQuery);
  const panel = usePanel();
  const [sort, setSort] = useState<Sort>({ column: 'events', direction: 'desc' });
  const nameOf = (feature: Feature) => feature.name[language] || feature.key;
  const columns = useMemo(
    (): DataColumn<Feature>[] => [
      {
        id: 'name',
        header: t('feature.name'),
        cell: (feature) => <span title={feature.name[language]}>{feature.name[language] || feature.key}</span>,
        width_px: 220,
        sortable: true,
        sortValue: (feature) => feature.name[language] || feature.key,
      },
      {
        id: 'events_names',
        header: t('feature.eventNames'),
        cell: ({ types }) => {
          const text = types.map(({ name }) => name).join(', ');
          return <code title={text}>{text}</code>;
        },
        width_px: 200,
      },
      {
        id: 'module',
        header: t('feature.module'),
        cell: ({ module }) => module || '–',
        width_px: 130,
        sortable: true,
        sortValue: ({ module }) => module,
      },
      {
        id: 'events',
        header: t('feature.events'),
        cell: ({ events }) => format.number(events),
        align: 'right',
        width_px: 110,
        sortable: true,
        sortValue: ({ events }) => events,
      },
      {
        id: 'first',
        header: t('feature.first'),
        cell: ({ first_at }) => (first_at ? <DateText value={first_at} /> : '–'),
        width_px: 110,
        sortable: true,
        sortValue: ({ first_at }) => first_at,
      },
      {
        id: 'last',
        header: t('feature.last'),
        cell: ({ last_at }) => (last_at ? <DateText value={last_at} /> : '–'),
        width_px: 110,
        sortable: true,
        sortValue: ({ last_at }) => last_at,
      },
      {
        id: 'mark',
        header: t('feature.mark'),
        cell: (feature) => <Badge>{t(`featureMark.${markOf(feature)}`)}</Badge>,
        width_px: 130,
      },
    ],
    [t, language, format],
  );
  const wanted = q.normalize('NFKC').toLowerCase();
  const rows = useMemo(
    () =>
      features.data?.filter(({ key, name, module }) =>
        `${key} ${name.ja} ${name.en} ${module}`.normalize('NFKC').toLowerCase().includes(wanted),
      ),
    [features.data, wanted],
  );
  return (
    <Page fill>
      <PageHeader title={t('features.title')} subtitle={t('features.intro')} />
      {features.isError && <ErrorState error={features.error} onRetry={() => void features.refetch()} />}
      {features.data?.length === 0 && <EmptyState title={t('features.empty')}>{t('features.emptyHelp')}</EmptyState>}
      {rows && features.data && features.data.length > 0 && (
        <DataTable
          id="features"
          label={t('features.title')}
          columns={columns}
          source={{ rows }}
          rowId={({ id }) => String(id)}
          rowLabel={nameOf}
          sort={sort}
          onSortChange={setSort}
          toolbar={
            <SearchInput
              label={t('features.search')}
              value={q}
              onChange={(next) => void navigate({ search: (before) => ({ ...before, q: next }), replace: true })}
            />
          }
          onOpen={({ id }) => panel.open(String(id))}
          openId={panel.id}
        />
      )}
      <SidePanel
        title={(id) => {
          const feature = features.data?.find((each) => String(each.id) === id);
          return feature ? nameOf(feature) : t('features.title');
        }}
      >
        {(id) => {
          const feature = features.data?.find((each) => String(each.id) === id);
          return feature ? <FeaturePanel key={feature.id} feature={feature} all={features.data ?? []} /> : null;
        }}
      </SidePanel>
    </Page>
  );
}

function markOf({ ignored, is_active }: Feature): 'ignored' | 'active' | 'passive' {
  if (ignored) return 'ignored';
  return is_active ? 'active' : 'passive';
}
