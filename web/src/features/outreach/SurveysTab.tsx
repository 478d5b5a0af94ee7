import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { ErrorState } from '../../components/ErrorState';
import { useFormat, useLanguage } from '../../lib/viewer';
import { NothingYet } from './NothingYet';
import { surveysQuery, type SurveyResult } from './requests';

/** Invitations, answers and score of each survey. */
export function SurveysTab() {
  const { t } = useTranslation('outreach');
  const language = useLanguage();
  const format = useFormat();
  const navigate = useNavigate();
  const surveys = useQuery(surveysQuery);
  const source = useMemo(() => ({ rows: surveys.data }), [surveys.data]);
  const columns = useMemo<DataColumn<SurveyResult>[]>(
    () => [
      { id: 'name', header: t('column.name'), width_px: 300, cell: ({ name }) => name[language] },
      { id: 'kind', header: t('column.kind'), width_px: 90, cell: ({ kind }) => kind.toUpperCase() },
      {
        id: 'invited',
        header: t('column.invited'),
        width_px: 110,
        align: 'right',
        cell: ({ invited }) => format.number(invited),
      },
      { id: 'open', header: t('column.open'), width_px: 110, align: 'right', cell: ({ open }) => format.number(open) },
      {
        id: 'answered',
        header: t('column.answered'),
        width_px: 110,
        align: 'right',
        cell: ({ answered }) => format.number(answered),
      },
      {
        id: 'rate',
        header: t('column.rate'),
        width_px: 110,
        align: 'right',
        cell: ({ answer_percent }) => (answer_percent === null ? '–' : format.percent(answer_percent / 100)),
      },
      {
        id: 'score',
        header: t('column.score'),
        description: t('column.scoreHelp'),
        width_px: 110,
        align: 'right',
        cell: ({ score, kind }) =>
          score === null
            ? '–'
            : kind === 'csat'
              ? format.percent(score / 100)
              : format.number(Math.round(score * 10) / 10),
      },
      {
        id: 'distribution',
        header: t('column.distribution'),
        width_px: 280,
        cell: ({ distribution, answered }) =>
          answered === 0 ? '–' : distribution.map(({ score, answers }) => `${score}: ${answers}`).join('  '),
      },
    ],
    [t, language, format],
  );
  if (surveys.isError) return <ErrorState error={surveys.error} onRetry={() => void surveys.refetch()} />;
  return (
    <DataTable
      id="outreach-surveys"
      empty={<NothingYet>{t('surveys.none')}</NothingYet>}
      label={t('room.surveys')}
      columns={columns}
      source={source}
      rowId={({ key }) => key}
      rowLabel={({ name }) => name[language]}
      onOpen={({ key }) => void navigate({ to: '/outreach/$kind/$key', params: { kind: 'survey', key } })}
      height="content"
    />
  );
}
