import { Button, Skeleton, Stack } from '@mantine/core';
import { IconPrinter, IconReportMoney } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { NoContracts } from '../NoContracts';
import { CellPanel } from '../panel/CellPanel';
import { executiveQuery } from '../revenue';
import { RevenueFrame } from '../RevenueFrame';
import { RulesSelect } from '../RulesSelect';
import type { Executive } from '../types';
import { useBasis } from '../use-basis';
import { MonthSelect } from './MonthSelect';
import { Sheet } from './Sheet';

const route = getRouteApi('/_shell/revenue/');

/** What revenue and retention are worth, on one screen for a board, and on one sheet of paper. */
export function ExecutivePage() {
  const { t } = useTranslation('revenue');
  const { month, rules } = route.useSearch();
  const navigate = route.useNavigate();
  const basis = useBasis(rules);
  const executive = useQuery(executiveQuery(basis, month));
  const { data } = executive;
  const isShown = data !== undefined && data.is_ready && !isEmpty(data);
  return (
    <RevenueFrame
      title={t('executive.title')}
      subtitle={t('executive.intro')}
      actions={
        isShown && (
          <>
            <MonthSelect
              month={data.month}
              today={data.book_day}
              onChange={(next) => void navigate({ search: (before) => ({ ...before, month: next, panel: undefined }) })}
            />
            <RulesSelect
              value={rules}
              onChange={(next) => void navigate({ search: (before) => ({ ...before, rules: next }) })}
            />
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} stroke={1.6} />}
              onClick={() => window.print()}
            >
              {t('executive.print')}
            </Button>
          </>
        )
      }
    >
      {executive.isPending && <SheetSkeleton />}
      {executive.isError && <ErrorState error={executive.error} onRetry={() => void executive.refetch()} />}
      {data && !data.is_ready && (
        <>
          <EmptyState icon={IconReportMoney} title={t('executive.reading')}>
            {t('executive.readingHelp')}
          </EmptyState>
          <SheetSkeleton />
        </>
      )}
      {data?.is_ready && isEmpty(data) && <NoContracts />}
      {isShown && <Sheet data={data} basis={basis} />}
      <CellPanel basis={basis} isAnnual />
    </RevenueFrame>
  );
}

/** Nothing under contract now, and nothing in the year before. */
function isEmpty({ accounts, arr }: Executive): boolean {
  return accounts === 0 && arr.value === 0 && arr.series.every(({ value }) => value === 0);
}

function SheetSkeleton() {
  return (
    <Stack gap="md">
      <Skeleton height={96} />
      <Skeleton height={300} />
      <Skeleton height={260} />
    </Stack>
  );
}
