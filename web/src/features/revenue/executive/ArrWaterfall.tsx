import { SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { usePanel } from '../../../lib/use-panel';
import { monthsAYear, sumOfPeriods } from '../amounts';
import { AmountsChart } from '../AmountsChart';
import { cellText } from '../panel/address';
import { addMonths, periodOf } from '../periods';
import { figuresQuery, type Basis } from '../revenue';
import { spans, type Span } from '../search';
import { movementKinds, type AmountKey, type Amounts, type Executive, type Grain } from '../types';
import { useFormat } from '../../../lib/viewer';
import { CardHead } from './Card';
import classes from './Executive.module.css';

const route = getRouteApi('/_shell/revenue/');
const grainOf: Record<Exclude<Span, 'last12'>, Grain> = { month: 'month', quarter: 'quarter', year: 'fiscal_year' };

/** How ARR came from where it was to where it is; each bar leads to the accounts. */
export function ArrWaterfall({ data, basis }: { data: Executive; basis: Basis }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const navigate = route.useNavigate();
  const { span = 'year' } = route.useSearch();
  const { open } = usePanel();
  const from = addMonths(data.month, 1 - monthsAYear);
  const twelve = useQuery({
    ...figuresQuery(basis, { from, to: data.month, grain: 'month' }),
    enabled: span === 'last12',
  });
  const amounts = useMemo(() => {
    if (span !== 'last12') return data.waterfalls[span];
    const cells = twelve.data?.series[0]?.cells;
    return cells && annual(sumOfPeriods(cells));
  }, [span, data, twelve.data]);
  const first = span === 'last12' ? from : periodOf(data.month, grainOf[span], data.fiscal_start);
  const pick = useCallback(
    (kind: AmountKey) =>
      open(
        span === 'last12'
          ? cellText({ kind, grain: 'month', from, to: data.month })
          : cellText({ kind, grain: grainOf[span], from: first, to: first }),
      ),
    [open, span, from, first, data.month],
  );
  const header = (
    <CardHead
      title={t('executive.waterfall')}
      figure="waterfall"
      period={t('executive.fromTo', { from: format.dayShort(first), to: format.dayShort(data.end) })}
      actions={
        <SegmentedControl
          size="xs"
          className={classes.switch}
          aria-label={t('executive.period')}
          data={spans.map((value) => ({ value, label: t(`span.${value}`) }))}
          value={span}
          onChange={(value) =>
            void navigate({
              search: (before) => ({
                ...before,
                span: value === 'year' ? undefined : (value as Span),
                panel: undefined,
              }),
              replace: true,
            })
          }
        />
      }
    />
  );
  return (
    <section className={classes.card} data-size="wide" aria-label={t('executive.waterfall')}>
      {twelve.isError && span === 'last12' ? (
        <>
          {header}
          <ErrorState error={twelve.error} onRetry={() => void twelve.refetch()} />
        </>
      ) : amounts ? (
        <AmountsChart
          label={t('executive.waterfall')}
          amounts={amounts}
          currency={data.currency}
          fileName={`arr-${span}-${data.month}`}
          height_px={200}
          header={header}
          onPick={pick}
          balance="arr"
        />
      ) : (
        <>
          {header}
          <Skeleton height={230} />
        </>
      )}
      <Text fz="xs" c="dimmed" className={classes.screenNote}>
        {t('executive.pickHelp')}
      </Text>
    </section>
  );
}

/** What a month brings, twelve times. */
function annual(amounts: Amounts): Amounts {
  const keys = ['opening', ...movementKinds, 'closing'] as const;
  return Object.fromEntries(keys.map((key) => [key, amounts[key] * monthsAYear])) as Amounts;
}
