import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import type { Sort } from '../../lib/search-params';
import { useFormat, useLanguage } from '../../lib/viewer';
import { AucCell } from './AucCell';
import { useFigures } from './figures';
import type { Judgement, MeasureJudgement } from './types';
import { VerdictWord } from './VerdictWord';

/** Each measure by itself: what it foresees, how calm it is, and whether another says the same. */
export function MeasuresTab({ candidate }: { candidate: Judgement }) {
  const { t } = useTranslation('lab');
  const language = useLanguage();
  const [sort, setSort] = useState<Sort>({ column: 'auc', direction: 'desc' });
  const columns = useMeasureColumns(candidate.measures);
  return (
    <>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('measures.intro')}
      </Text>
      <DataTable
        id="lab-measures"
        label={t('tab.measures')}
        columns={columns}
        source={{ rows: candidate.measures }}
        rowId={({ key }) => key}
        rowLabel={({ name }) => name[language]}
        sort={sort}
        onSortChange={setSort}
        height="content"
      />
    </>
  );
}

function useMeasureColumns(measures: readonly MeasureJudgement[]): DataColumn<MeasureJudgement>[] {
  const { t } = useTranslation('lab');
  const language = useLanguage();
  const format = useFormat();
  const figures = useFigures();
  return useMemo(() => {
    const nameOf = (wanted: string) => measures.find(({ key }) => key === wanted)?.name[language] ?? wanted;
    return [
      {
        id: 'name',
        header: t('column.measure'),
        cell: ({ key, name }) => (
          <Anchor component={Link} to={`/settings/measures/${key}`} fz="sm" title={name[language]}>
            {name[language]}
          </Anchor>
        ),
        width_px: 190,
        sortable: true,
        sortValue: ({ name }) => name[language],
      },
      {
        id: 'verdict',
        header: t('column.verdict'),
        description: t('help.verdict'),
        cell: ({ verdict }) => <VerdictWord verdict={verdict} />,
        width_px: 112,
        sortable: true,
        sortValue: ({ verdict }) => verdict,
      },
      {
        id: 'auc',
        header: t('column.auc'),
        description: t('help.measureAuc'),
        cell: ({ auc }) => <AucCell interval={auc} />,
        width_px: 172,
        sortable: true,
        sortValue: ({ auc }) => auc?.value,
      },
      {
        id: 'weight',
        header: t('column.weight'),
        description: t('help.weightShare'),
        cell: ({ weight_share }) => format.percent(weight_share, 1),
        align: 'right',
        width_px: 80,
        sortable: true,
        sortValue: ({ weight_share }) => weight_share,
      },
      {
        id: 'stability',
        header: t('column.stability'),
        description: t('help.stability'),
        cell: ({ monthly_stability }) => figures.correlation(monthly_stability),
        align: 'right',
        width_px: 92,
        sortable: true,
        sortValue: ({ monthly_stability }) => monthly_stability,
      },
      {
        id: 'coverage',
        header: t('column.coverage'),
        description: t('help.coverage'),
        cell: ({ coverage }) => format.percent(coverage, 0),
        align: 'right',
        width_px: 92,
        sortable: true,
        sortValue: ({ coverage }) => coverage,
      },
      {
        id: 'redundant',
        header: t('column.redundant'),
        description: t('help.redundant'),
        cell: ({ redundant_with }) => {
          const words = redundant_with
            .map(({ key, correlation }) => `${nameOf(key)} (${figures.correlation(correlation)})`)
            .join(t('listGap'));
          return words === '' ? '–' : <span title={words}>{words}</span>;
        },
        width_px: 160,
      },
    ];
  }, [measures, t, language, format, figures]);
}
