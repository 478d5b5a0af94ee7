import { Alert, Skeleton, Stack } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat } from '../../../lib/viewer';
import { explorerFigure } from '../figures';
import { NoContracts } from '../NoContracts';
import { CellPanel } from '../panel/CellPanel';
import { usePeriod } from '../PeriodChoice';
import { figuresQuery } from '../revenue';
import { RevenueFrame } from '../RevenueFrame';
import type { Figures } from '../types';
import { useBasis } from '../use-basis';
import { Explored } from './Explored';
import { ExplorerChoices } from './ExplorerChoices';

const route = getRouteApi('/_shell/revenue/explorer');
const wholeBook = 'none';

/** Any figure by any dimension over any period; every bar and cell leads to the accounts and contracts behind it. */
export function ExplorerPage() {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const search = route.useSearch();
  const { by = wholeBook, rules } = search;
  const period = usePeriod(search);
  const { from, to, grain } = period;
  const basis = useBasis(rules);
  const question = { from, to, grain, by };
  const figures = useQuery(figuresQuery(basis, question));
  const { data } = figures;
  return (
    <RevenueFrame title={t('explorer.title')} subtitle={t('explorer.intro')}>
      <ExplorerChoices period={period} figures={data} basis={basis} question={question} />
      {figures.isPending && <Skeleton height={480} />}
      {figures.isError && <ErrorState error={figures.error} onRetry={() => void figures.refetch()} />}
      {data && isEmpty(data) && <NoContracts />}
      {data && !isEmpty(data) && (
        <Stack gap="md" aria-busy={figures.isPlaceholderData} style={{ opacity: figures.isPlaceholderData ? 0.6 : 1 }}>
          {data.overlapping && (
            <Alert variant="default" icon={<IconInfoCircle size={16} />} py={6}>
              {t('explorer.overlapping')}
            </Alert>
          )}
          <Explored figures={data} figure={explorerFigure(search.figure)} pair={search.pair ?? []} />
          {data.more_values > 0 && (
            <Alert variant="default" icon={<IconInfoCircle size={16} />} py={6}>
              {t('explorer.moreValues', { formatted: format.number(data.more_values) })}
            </Alert>
          )}
        </Stack>
      )}
      <CellPanel basis={basis} />
    </RevenueFrame>
  );
}

function isEmpty({ series }: Figures): boolean {
  return (series[0]?.cells ?? []).every(({ opening, closing }) => opening === 0 && closing === 0);
}
