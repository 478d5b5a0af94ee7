import { Button, Select } from '@mantine/core';
import { IconCategory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { featuresQuery, type Feature } from '../../api/features';
import { DataTable } from '../../components/data-table/DataTable';
import type { Selection } from '../../components/data-table/use-selection';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { SearchInput } from '../../components/SearchInput';
import { SidePanel } from '../../components/SidePanel';
import { parseSort, sortText, type Sort } from '../../lib/search-params';
import { usePanel } from '../../lib/use-panel';
import { useFormat, useLanguage, useViewer } from '../../lib/viewer';
import { BulkBar } from './BulkBar';
import { markOf } from './catalogue';
import { useCatalogueColumns } from './columns';
import { FeaturePanel } from './FeaturePanel';
import { marks } from './search';

const route = getRouteApi('/_shell/catalogue');
const byEvents: Sort = { column: 'events', direction: 'desc' };
const noModule = '–';

/** What customers do in the product: event names, grouped into features in words people understand. */
export function CataloguePage() {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const language = useLanguage();
  const { role } = useViewer();
  const { q, module, mark, sort } = route.useSearch();
  const navigate = route.useNavigate();
  const panel = usePanel();
  const features = useQuery(featuresQuery);
  const [selected, setSelected] = useState<Selection>(new Set());
  const [renaming, setRenaming] = useState<number | null>(null);
  const mayChange = role === 'admin' || role === 'leader';
  const columns = useCatalogueColumns(mayChange, renaming, setRenaming);
  // A feature whose event names all went elsewhere waits for them to come back; there is nothing to show of it.
  const all = useMemo(() => features.data?.filter(({ types }) => types.length > 0), [features.data]);
  const modules = useMemo(() => modulesOf(all ?? []), [all]);
  const rows = useMemo(() => all?.filter((feature) => matches(feature, { q, module, mark })), [all, q, module, mark]);
  const change = (next: Partial<{ q: string; module: string; mark: (typeof marks)[number]; sort: string }>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const chosen = all?.filter(({ id }) => selected.has(String(id))) ?? [];
  const nameOf = (feature: Feature) => feature.name[language] || feature.key;
  const isNarrowed = q !== undefined || module !== undefined || mark !== undefined;
  return (
    <Page fill>
      <PageHeader
        title={t('title')}
        subtitle={
          all && all.length > 0
            ? t('subtitle', { count: all.length, formatted: format.number(all.length), modules: modules.length })
            : t('intro')
        }
      />
      {features.isError && <ErrorState error={features.error} onRetry={() => void features.refetch()} />}
      {all?.length === 0 ? (
        <EmptyState
          icon={IconCategory}
          title={t('empty')}
          action={
            mayChange && <Button renderRoot={(props) => <Link to="/intake" {...props} />}>{t('toIntake')}</Button>
          }
        >
          {t('emptyHelp')}
        </EmptyState>
      ) : (
        <DataTable
          id="catalogue"
          label={t('title')}
          columns={columns}
          source={{ rows }}
          rowId={({ id }) => String(id)}
          rowLabel={nameOf}
          sort={parseSort(sort) ?? byEvents}
          onSortChange={(next) => change({ sort: sortText(next) })}
          selected={mayChange ? selected : undefined}
          onSelectedChange={mayChange ? setSelected : undefined}
          selectionSummary={() => <BulkBar features={chosen} modules={modules} onDone={() => setSelected(new Set())} />}
          onOpen={({ id }) => panel.open(String(id))}
          onEdit={mayChange ? ({ id }) => setRenaming(id) : undefined}
          openId={panel.id}
          toolbar={
            <>
              <SearchInput label={t('search')} value={q} onChange={(next) => change({ q: next })} />
              <Select
                size="xs"
                w={{ base: '100%', sm: 180 }}
                aria-label={t('filter.module')}
                placeholder={t('filter.allModules')}
                clearable
                searchable={modules.length > 8}
                data={[...modules, { value: noModule, label: t('filter.noModule') }]}
                value={module ?? null}
                onChange={(next) => change({ module: next ?? undefined })}
              />
              <Select
                size="xs"
                w={{ base: '100%', sm: 150 }}
                aria-label={t('filter.mark')}
                placeholder={t('filter.allMarks')}
                clearable
                data={marks.map((each) => ({ value: each, label: t(`mark.${each}`) }))}
                value={mark ?? null}
                onChange={(next) => change({ mark: marks.find((each) => each === next) })}
              />
            </>
          }
          empty={
            isNarrowed ? (
              <EmptyState
                title={t('nothingFound')}
                action={
                  <Button
                    variant="default"
                    onClick={() => change({ q: undefined, module: undefined, mark: undefined })}
                  >
                    {t('clearFilter')}
                  </Button>
                }
              />
            ) : undefined
          }
        />
      )}
      <SidePanel
        title={(id) => {
          const feature = features.data?.find((each) => String(each.id) === id);
          return feature ? nameOf(feature) : t('title');
        }}
      >
        {(id) => {
          const feature = features.data?.find((each) => String(each.id) === id);
          if (!feature) return features.data ? <EmptyState title={t('gone')} /> : null;
          return <FeaturePanel key={feature.id} feature={feature} modules={modules} mayChange={mayChange} />;
        }}
      </SidePanel>
    </Page>
  );
}

function modulesOf(features: readonly Feature[]): string[] {
  return [...new Set(features.map(({ module }) => module).filter(Boolean))].sort((a, b) => a.localeCompare(b));
}

interface Narrowing {
  q: string | undefined;
  module: string | undefined;
  mark: string | undefined;
}

function matches(feature: Feature, { q = '', module, mark }: Narrowing): boolean {
  if (module !== undefined && (feature.module || noModule) !== module) return false;
  if (mark !== undefined && markOf(feature) !== mark) return false;
  const { key, name, types } = feature;
  const texts = [key, name.ja, name.en, feature.module, ...types.map((type) => type.name)];
  return texts.join('\n').normalize('NFKC').toLowerCase().includes(q.normalize('NFKC').toLowerCase());
}
