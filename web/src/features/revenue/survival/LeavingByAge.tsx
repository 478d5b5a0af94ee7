import { Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../../components/chart/Chart';
import type { ChartOption } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { tooltipLines } from '../../../components/chart/tooltip';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Revenue.module.css';
import type { Survival } from '../statistics/types';

const height_px = 190;
const most_months = 48;

/** When customers leave: of those there at an age, the share that leaves within the month. For the largest group. */
export function LeavingByAge({ data }: { data: Survival }) {
  const { t } = useTranslation('survival');
  const format = useFormat();
  const language = useLanguage();
  const [group] = data.groups;
  const stretches = useMemo(() => (group?.hazard ?? []).slice(0, most_months), [group]);
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      grid: { left: 8, right: 8, top: 8, bottom: 22, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        trigger: 'axis',
        confine: true,
        formatter: (points: unknown) => {
          const [first] = points as { dataIndex: number }[];
          const stretch = stretches[first?.dataIndex ?? 0];
          return stretch
            ? tooltipLines([
                { name: t('inMonth', { count: stretch.to_month }), value: format.percent(stretch.rate) },
                { name: t('lost'), value: format.number(stretch.lost) },
                { name: t('interval'), value: `${format.percent(stretch.low)}–${format.percent(stretch.high)}` },
              ])
            : '';
        },
      },
      xAxis: {
        type: 'category',
        data: stretches.map(({ to_month }) => String(to_month)),
        name: t('monthOfAge'),
        nameLocation: 'middle',
        nameGap: 26,
        axisTick: { show: false },
      },
      yAxis: { type: 'value', min: 0, axisLabel: { formatter: (value: number) => format.percent(value, 0) } },
      series: [{ type: 'bar', barMaxWidth: 14, data: stretches.map(({ rate }) => rate), color: tokens.accent }],
    }),
    [stretches, format, t],
  );
  const table = useMemo<ChartTable>(() => {
    const percent = (cell: unknown) => format.percent(cell as number);
    return {
      columns: [
        { header: t('monthOfAge'), align: 'right' },
        { header: t('lost'), align: 'right' },
        { header: t('customerMonths'), align: 'right', format: (cell) => format.number(Number(cell), 1) },
        { header: t('rate'), align: 'right', format: percent },
      ],
      rows: stretches.map(({ to_month, lost, customer_months, rate }) => [to_month, lost, customer_months, rate]),
    };
  }, [stretches, format, t]);
  if (!group || group.lost === 0) return null;
  return (
    <section className={classes.card} aria-label={t('leaving')}>
      <Chart
        label={t('leaving')}
        option={option}
        table={table}
        fileName="leaving-by-age"
        height_px={height_px}
        header={
          <Text fz="sm" fw={600}>
            {t('leaving')}
            {data.groups.length > 1 && (
              <Text span fz="sm" c="dimmed" fw={400}>
                {' '}
                {group.name[language]}
              </Text>
            )}
          </Text>
        }
      />
    </section>
  );
}
