import { Anchor, Badge, Button, Group, Tabs } from '@mantine/core';
import { IconListDetails, IconPlus, IconTemplate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import type { Sort } from '../../lib/search-params';
import { useFormat, useLanguage, useMayDefine, useViewer } from '../../lib/viewer';
import { FailedRuns } from './FailedRuns';
import { NewPlaybook } from './NewPlaybook';
import { playbooksQuery } from './requests';
import { RunTable } from './RunTable';
import { Secrets } from './Secrets';
import { playbooksTabs } from './search';
import type { Playbook } from './types';
import { useLivePlaybooks } from './use-live-playbooks';

const route = getRouteApi('/_shell/playbooks');

/** All playbooks with what their runs do, the runs of all, and what failed. */
export function PlaybooksPage() {
  const { t } = useTranslation('playbooks');
  const mayDefine = useMayDefine();
  const isAdmin = useViewer().role === 'admin';
  const isShown = (each: string) => isAdmin || each !== 'secrets';
  const { tab = 'playbooks', state } = route.useSearch();
  const navigate = route.useNavigate();
  useLivePlaybooks();
  const list = useQuery(playbooksQuery);
  const items = useMemo(() => list.data?.items.filter(({ retired }) => !retired), [list.data]);
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('intro')} actions={mayDefine && <NewButtons />} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({ search: () => ({ tab: playbooksTabs.find((each) => each === next) }), replace: true })
        }
      >
        <Tabs.List mb="md">
          {playbooksTabs.filter(isShown).map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="playbooks">
          {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
          {items?.length === 0 && (
            <EmptyState icon={IconListDetails} title={t('empty')} action={mayDefine && <TemplatesButton primary />}>
              {t('emptyHelp')}
            </EmptyState>
          )}
          {items?.length !== 0 && !list.isError && <PlaybookTable items={items} />}
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <RunTable
            state={state ?? 'live'}
            onState={(next) => void navigate({ search: (before) => ({ ...before, state: next }), replace: true })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="failed">
          <FailedRuns />
        </Tabs.Panel>
        {isAdmin && (
          <Tabs.Panel value="secrets">
            <Secrets />
          </Tabs.Panel>
        )}
      </Tabs>
    </Page>
  );
}

function NewButtons() {
  const { t } = useTranslation('playbooks');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <TemplatesButton />
      <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setOpen(true)}>
        {t('new.title')}
      </Button>
      <NewPlaybook isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

function TemplatesButton({ primary = false }: { primary?: boolean }) {
  const { t } = useTranslation('playbooks');
  return (
    <Button
      variant={primary ? 'filled' : 'default'}
      leftSection={<IconTemplate size={15} aria-hidden />}
      renderRoot={(props) => <Link to="/playbooks/templates" {...props} />}
    >
      {t('templates.title')}
    </Button>
  );
}

function PlaybookTable({ items }: { items: readonly Playbook[] | undefined }) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const navigate = route.useNavigate();
  const [sort, setSort] = useState<Sort>();
  const columns = usePlaybookColumns();
  const source = useMemo(() => ({ rows: items }), [items]);
  return (
    <DataTable
      id="playbooks"
      label={t('title')}
      columns={columns}
      source={source}
      rowId={({ key }) => key}
      rowLabel={({ name }) => name[language]}
      sort={sort}
      onSortChange={setSort}
      onOpen={({ key }) => void navigate({ to: '/playbooks/$key', params: { key } })}
      height="content"
    />
  );
}

function usePlaybookColumns(): DataColumn<Playbook>[] {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(() => {
    const count = (
      id: string,
      header: string,
      read: (of: Playbook['counts']) => number,
      { description, width_px = 96 }: { description?: string; width_px?: number } = {},
    ) =>
      ({
        id,
        header,
        description,
        width_px,
        align: 'right',
        sortable: true,
        sortValue: ({ counts }: Playbook) => read(counts),
        cell: ({ counts }: Playbook) => format.number(read(counts)),
      }) satisfies DataColumn<Playbook>;
    return [
      {
        id: 'name',
        header: t('column.name'),
        width_px: 300,
        sortable: true,
        sortValue: ({ name }) => name[language],
        cell: (playbook) => <NameCell playbook={playbook} />,
      },
      {
        id: 'purpose',
        header: t('column.purpose'),
        width_px: 130,
        cell: ({ purpose }) => t(`purpose.${purpose as 'risk'}`),
      },
      { id: 'start', header: t('column.start'), width_px: 150, cell: ({ start_on }) => t(`startOn.${start_on}`) },
      count('live', t('column.live'), ({ live }) => live, { description: t('columnHelp.live') }),
      count('started', t('column.started'), ({ started_30d }) => started_30d, { width_px: 150 }),
      count('ended', t('column.ended'), ({ done, goal, exited, stopped }) => done + goal + exited + stopped),
      {
        id: 'goal',
        header: t('column.goalRate'),
        description: t('columnHelp.goalRate'),
        width_px: 110,
        align: 'right',
        sortable: true,
        sortValue: ({ counts }) => counts.goal_rate,
        cell: ({ counts }) => format.percent(counts.goal_rate, 0),
      },
      {
        id: 'holdout',
        header: t('column.holdout'),
        width_px: 100,
        align: 'right',
        sortable: true,
        sortValue: ({ holdout_percent }) => holdout_percent,
        cell: ({ holdout_percent }) => (holdout_percent === 0 ? '–' : format.percent(holdout_percent / 100, 0)),
      },
      count('failed', t('column.failed'), ({ failed }) => failed, { description: t('columnHelp.failed') }),
    ];
  }, [t, language, format]);
}

function NameCell({ playbook }: { playbook: Playbook }) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const mark = playbook.version === 0 ? t('state.unpublished') : playbook.draft ? t('state.draft') : undefined;
  return (
    <Group gap={8} wrap="nowrap">
      <Anchor
        truncate
        title={playbook.name[language]}
        renderRoot={(props) => <Link to="/playbooks/$key" params={{ key: playbook.key }} {...props} />}
      >
        {playbook.name[language] || playbook.key}
      </Anchor>
      {mark && (
        <Badge size="sm" style={{ flexShrink: 0 }}>
          {mark}
        </Badge>
      )}
    </Group>
  );
}
