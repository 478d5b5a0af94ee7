import { Anchor, Chip, Group } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { Money } from '../../components/Money';
import { Score } from '../../components/Score';
import { useFormat, useLanguage } from '../../lib/viewer';
import classes from './Journeys.module.css';
import { fetchLines, linesKey } from './requests';
import { lineStates } from './search';
import { arrived, type JourneyLine, type JourneyOnBook } from './types';

const route = getRouteApi('/_shell/journeys/$key');

/** Who stands in the chosen stage, or everybody on the journey, largest ARR first. */
export function AccountsTab({ journey }: { journey: JourneyOnBook }) {
  const { t } = useTranslation('journeys');
  const { stage, state } = route.useSearch();
  const go = route.useNavigate();
  const navigate = useNavigate();
  const columns = useLineColumns(journey);
  const source = useMemo(
    () => ({
      queryKey: linesKey(journey.key, stage, state),
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) =>
        fetchLines(journey.key, stage, state, window),
    }),
    [journey.key, stage, state],
  );
  return (
    <>
      <div className={classes.filters}>
        <Chip.Group
          value={state ?? 'all'}
          onChange={(next) =>
            void go({
              search: (before) => ({ ...before, state: lineStates.find((each) => each === next) }),
              replace: true,
            })
          }
        >
          <Group gap={8} mb="sm">
            {(['all', ...lineStates] as const).map((each) => (
              <Chip key={each} value={each} size="xs">
                {t(`state.${each}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
      <DataTable
        id="journey-accounts"
        label={t('tab.accounts')}
        columns={columns}
        source={source}
        rowId={({ account_id }) => String(account_id)}
        rowLabel={({ account_name }) => account_name}
        onOpen={({ account_id }) =>
          void navigate({ to: '/accounts/$accountId', params: { accountId: String(account_id) } })
        }
        height="content"
        empty={<EmptyState title={t('nobody')}>{t('nobodyHelp')}</EmptyState>}
      />
    </>
  );
}

function useLineColumns(journey: JourneyOnBook): DataColumn<JourneyLine>[] {
  const { t } = useTranslation('journeys');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(() => {
    const names = new Map(journey.stages.map(({ key, name }) => [key, name[language]]));
    names.set(arrived, t('arrived'));
    return [
      {
        id: 'name',
        header: t('column.account'),
        width_px: 200,
        cell: ({ account_id, account_name }) => (
          <Anchor
            truncate
            title={account_name}
            renderRoot={(props) => (
              <Link to="/accounts/$accountId" params={{ accountId: String(account_id) }} {...props} />
            )}
          >
            {account_name}
          </Anchor>
        ),
      },
      {
        id: 'score',
        header: t('column.score'),
        width_px: 136,
        cell: ({ score, level }) => <Score score={score} level={level} />,
      },
      { id: 'arr', header: 'ARR', width_px: 104, align: 'right', cell: ({ arr }) => <Money value={arr} /> },
      { id: 'stage', header: t('column.stage'), width_px: 180, cell: ({ stage }) => names.get(stage) ?? stage },
      { id: 'basis', header: t('column.basis'), width_px: 186, cell: ({ basis }) => t(`basis.${basis}`) },
      {
        id: 'since',
        header: t('column.since'),
        width_px: 116,
        cell: ({ since }) => <DateText value={since} form="absolute" />,
      },
      {
        id: 'days',
        header: t('column.days'),
        width_px: 168,
        align: 'right',
        cell: ({ days_in_stage, days_over, is_stuck }) =>
          is_stuck
            ? t('daysOver', { days: format.number(days_in_stage), over: format.number(days_over) })
            : t('days', { count: days_in_stage, formatted: format.number(days_in_stage) }),
      },
      {
        id: 'state',
        header: t('column.state'),
        width_px: 92,
        cell: ({ is_stuck, is_regressing }) =>
          [is_stuck && t('state.stuck'), is_regressing && t('state.regressing')].filter(Boolean).join(' · ') || '–',
      },
    ];
  }, [journey, t, language, format]);
}
