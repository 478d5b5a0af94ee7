import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconHandStop, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import type { Sort } from '../../lib/search-params';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import { modelsQuery, useOrgDeeds } from './requests';
import type { EngagementModel } from './types';

/** Engagement models by rank: the first whose condition holds is an account's. */
export function ModelsTab() {
  const { t } = useTranslation('org');
  const format = useFormat();
  const mayDefine = useMayDefine();
  const navigate = useNavigate();
  const models = useQuery(modelsQuery);
  const { suggestModels } = useOrgDeeds();
  const [sort, setSort] = useState<Sort>({ column: 'rank', direction: 'asc' });
  const columns = useColumns();
  const source = useMemo(() => ({ rows: models.data?.items }), [models.data]);
  const suggest = () =>
    carryOut(suggestModels, undefined, {
      onSuccess: ({ drafts }) => showToast(t('model.suggested', { count: drafts })),
      onError: showProblem,
    });
  const actions = mayDefine && (
    <Group gap={8}>
      <Button size="xs" variant="default" loading={suggestModels.isPending} onClick={suggest}>
        {t('model.suggest')}
      </Button>
      <Button
        size="xs"
        leftSection={<IconPlus size={15} aria-hidden />}
        renderRoot={(props) => <Link to="/teams/models/new" {...props} />}
      >
        {t('model.new')}
      </Button>
    </Group>
  );
  if (models.isError) return <ErrorState error={models.error} onRetry={() => void models.refetch()} />;
  if (models.data?.items.length === 0)
    return (
      <EmptyState icon={IconHandStop} title={t('model.none')} action={actions}>
        {t('model.noneHelp')}
      </EmptyState>
    );
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text fz="sm" c="dimmed">
          {t('model.help')}
        </Text>
        {actions}
      </Group>
      <DataTable
        id="org-models"
        label={t('tab.models')}
        columns={columns}
        source={source}
        rowId={({ key }) => key}
        rowLabel={({ key }) => key}
        sort={sort}
        onSortChange={setSort}
        onOpen={({ key }) => void navigate({ to: '/teams/models/$key', params: { key } })}
        height="content"
      />
      {models.data && models.data.none.accounts > 0 && (
        <Text fz="sm" c="dimmed">
          {t('model.without', {
            count: models.data.none.accounts,
            formatted: format.number(models.data.none.accounts),
            arr: format.money(models.data.none.arr),
          })}
        </Text>
      )}
    </Stack>
  );
}

function useColumns(): DataColumn<EngagementModel>[] {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.model'),
        width_px: 280,
        sortable: true,
        sortValue: ({ name }) => name[language],
        cell: (model) => <NameCell model={model} />,
      },
      {
        id: 'rank',
        header: t('column.rank'),
        description: t('model.rankHelp'),
        align: 'right',
        width_px: 90,
        sortable: true,
        sortValue: ({ rank }) => rank,
        cell: ({ rank }) => format.number(rank),
      },
      { id: 'touch', header: t('column.touch'), width_px: 150, cell: ({ touch }) => t(`touch.${touch}`) },
      {
        id: 'accounts',
        header: t('column.accounts'),
        align: 'right',
        width_px: 110,
        sortable: true,
        sortValue: ({ now }) => now.accounts,
        cell: ({ now, version }) => (version === 0 ? '–' : format.number(now.accounts)),
      },
      {
        id: 'arr',
        header: 'ARR',
        align: 'right',
        width_px: 130,
        sortable: true,
        sortValue: ({ now }) => now.arr.amount_minor,
        cell: ({ now, version }) => (version === 0 ? '–' : <Money value={now.arr} />),
      },
      {
        id: 'effort',
        header: t('column.effortEach'),
        description: t('effortHelp'),
        align: 'right',
        width_px: 150,
        cell: ({ body }) => format.number(body.expectations.effort_weight, 2),
      },
      {
        id: 'meeting',
        header: t('column.meeting'),
        align: 'right',
        width_px: 150,
        cell: ({ body }) =>
          body.expectations.meeting_every_days === null
            ? '–'
            : t('everyDays', { count: body.expectations.meeting_every_days }),
      },
    ],
    [t, language, format],
  );
}

function NameCell({ model }: { model: EngagementModel }) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  return (
    <Group gap={8} wrap="nowrap">
      <Anchor
        truncate
        title={model.name[language]}
        renderRoot={(props) => <Link to="/teams/models/$key" params={{ key: model.key }} {...props} />}
      >
        {model.name[language] || model.key}
      </Anchor>
      {model.draft && <Badge size="sm">{t('draft')}</Badge>}
      {model.fault && (
        <Text span c="red" fz="xs" title={model.fault[language]}>
          {t('faulty')}
        </Text>
      )}
    </Group>
  );
}
