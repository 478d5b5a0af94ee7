import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { IconArrowsExchange, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { SidePanel } from '../../components/SidePanel';
import { useFormat, useMayEdit } from '../../lib/viewer';
import { HandoverPanel } from './HandoverPanel';
import { HandoverWizard } from './HandoverWizard';
import { handoverQuery, handoverWindow } from './requests';
import { handoverStates, type HandoverSummary } from './types';

const route = getRouteApi('/_shell/teams');

/** Handovers, open ones first; one opens beside the list with its checklist. */
export function HandoversTab() {
  const { t } = useTranslation('org');
  const mayEdit = useMayEdit();
  const navigate = route.useNavigate();
  const { state, handover } = route.useSearch();
  const [isBeginning, setBeginning] = useState(false);
  const columns = useColumns();
  const source = useMemo(
    () => ({
      queryKey: ['org', 'handovers', state ?? null],
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) => handoverWindow(state, window),
    }),
    [state],
  );
  const begin = mayEdit && (
    <Button size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setBeginning(true)}>
      {t('handover.new')}
    </Button>
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t('handover.state')}
          data={[
            { value: 'all', label: t('handover.all') },
            ...handoverStates.map((value) => ({ value, label: t(`handover.states.${value}`) })),
          ]}
          value={state ?? 'all'}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, state: handoverStates.find((each) => each === next) }),
              replace: true,
            })
          }
        />
        {begin}
      </Group>
      <DataTable
        id="org-handovers"
        label={t('tab.handovers')}
        columns={columns}
        source={source}
        rowId={({ id }) => String(id)}
        rowLabel={({ from, to }) => `${from.name} → ${to.name}`}
        onOpen={({ id }) => void navigate({ search: (before) => ({ ...before, handover: String(id) }) })}
        openId={handover}
        height="content"
        empty={
          <EmptyState icon={IconArrowsExchange} title={t('handover.none')} action={begin}>
            {t('handover.noneHelp')}
          </EmptyState>
        }
      />
      <SidePanel param="handover" title={(id) => <Title id={id} />}>
        {(id) => <HandoverPanel key={id} id={id} />}
      </SidePanel>
      {isBeginning && (
        <HandoverWizard
          onClose={() => setBeginning(false)}
          onBegun={(id) => void navigate({ search: (before) => ({ ...before, handover: String(id) }) })}
        />
      )}
    </Stack>
  );
}

function Title({ id }: { id: string }) {
  const { t } = useTranslation('org');
  const { data } = useQuery(handoverQuery(id));
  return data ? `${data.from.name} → ${data.to.name}` : t('tab.handovers');
}

function useColumns(): DataColumn<HandoverSummary>[] {
  const { t } = useTranslation('org');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'people',
        header: t('handover.people'),
        width_px: 300,
        cell: ({ from, to }) => (
          <span title={`${from.name} → ${to.name}`}>
            {from.name} → {to.name}
          </span>
        ),
      },
      { id: 'role', header: t('rule.role'), width_px: 170, cell: ({ role }) => t(`rules:role.${role}`) },
      {
        id: 'accounts',
        header: t('column.accounts'),
        align: 'right',
        width_px: 110,
        cell: ({ accounts }) => format.number(accounts),
      },
      {
        id: 'items',
        header: t('handover.checklist'),
        align: 'right',
        width_px: 150,
        cell: ({ items, items_done }) => `${format.number(items_done)} / ${format.number(items)}`,
      },
      {
        id: 'state',
        header: t('handover.state'),
        width_px: 110,
        cell: ({ state }) => t(`handover.states.${state}`),
      },
      {
        id: 'due',
        header: t('handover.due'),
        width_px: 130,
        cell: ({ due_day }) => <DateText value={due_day} form="absolute" />,
      },
      {
        id: 'begun',
        header: t('handover.begun'),
        width_px: 130,
        cell: ({ created_at }) => <DateText value={created_at} />,
      },
    ],
    [t, format],
  );
}
