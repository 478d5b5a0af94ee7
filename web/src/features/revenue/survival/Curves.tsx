import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../../components/chart/Chart';
import type { ChartOption } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { tooltipLines } from '../../../components/chart/tooltip';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Revenue.module.css';
import type { Survival } from '../statistics/types';
import { curvesOf, type Curve } from './curve-points';

const height_px = 340;
const most_curves = 6;

/** Kaplan-Meier curves with their bands, and the projection dashed behind what was seen. */
export function Curves({ data }: { data: Survival }) {
  const { t } = useTranslation('survival');
  const format = useFormat();
  const language = useLanguage();
  const curves = useMemo(
    () => curvesOf(data.groups.slice(0, most_curves), data.horizon_months, language),
    [data, language],
  );
  const last = Math.max(data.horizon_months, ...curves.map(({ seen }) => seen.length - 1));
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      // A label that travels along a line stumbles over the months before a projection begins.
      animation: false,
      grid: { left: 8, right: 84, top: 12, bottom: 22, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        trigger: 'axis',
        confine: true,
        formatter: (points: unknown) => {
          const [first] = points as { axisValue: string }[];
          const month = Number(first?.axisValue ?? 0);
          return tooltipLines([
            { name: t('afterMonths', { count: month }) },
            ...curves.map((curve, at) => ({
              name: curve.name,
              value: saidAt(curve, month, format.percent, t('projected')),
              color: tokens.series[at],
            })),
          ]);
        },
      },
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: Array.from({ length: last + 1 }, (_, month) => String(month)),
        axisLabel: { interval: (index: number) => index % 12 === 0 },
        axisTick: { show: false },
        name: t('ageInMonths'),
        nameLocation: 'middle',
        nameGap: 26,
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: 1,
        interval: 0.25,
        axisLabel: { formatter: (value: number) => format.percent(value, 0) },
      },
      series: curves.flatMap((curve, at) => seriesOf(curve, tokens.series[at % tokens.series.length]!, curves.length)),
    }),
    [curves, last, format, t],
  );
  const table = useMemo<ChartTable>(() => {
    const percent = (cell: unknown) => (cell == null ? '' : format.percent(cell as number));
    return {
      columns: [
        { header: t('ageInMonths'), align: 'right' },
        ...curves.flatMap(({ name }) => [
          { header: name, align: 'right' as const, format: percent },
          { header: t('lowOf', { name }), align: 'right' as const, format: percent },
          { header: t('highOf', { name }), align: 'right' as const, format: percent },
          { header: t('projectedOf', { name }), align: 'right' as const, format: percent },
        ]),
      ],
      rows: Array.from({ length: last + 1 }, (_, month) => [
        month,
        ...curves.flatMap(({ seen, projected }) => [
          seen[month]?.survival ?? null,
          seen[month]?.low ?? null,
          seen[month]?.high ?? null,
          projected[month] ?? null,
        ]),
      ]),
    };
  }, [curves, last, format, t]);
  return (
    <section className={classes.card} aria-label={t('curves')}>
      <Chart
        label={t('curves')}
        option={option}
        table={table}
        fileName="survival"
        height_px={height_px}
        header={
          <ul className={classes.key}>
            <li>
              <i /> {t('seen')}
            </li>
            <li>
              <i data-dashed /> {t('projected')}
            </li>
            <li>{t('band')}</li>
          </ul>
        }
      />
    </section>
  );
}

function saidAt(curve: Curve, month: number, percent: (share: number) => string, projected: string): string {
  const seen = curve.seen[month];
  if (seen)
    return seen.low === null || seen.high === null
      ? percent(seen.survival)
      : `${percent(seen.survival)} (${percent(seen.low)}–${percent(seen.high)})`;
  const share = curve.projected[month];
  return share == null ? '—' : `${percent(share)} ${projected}`;
}

function seriesOf(curve: Curve, color: string, count: number) {
  const shared = { type: 'line', symbol: 'none', color };
  // A band is the area between two lines that are stacked: the lower one invisible, the upper one its height.
  const band = {
    ...shared,
    step: 'end',
    silent: true,
    stack: curve.name,
    stackStrategy: 'all',
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  };
  const isProjected = curve.projected.some((share) => share !== null);
  const label = {
    endLabel: {
      show: true,
      formatter: curve.name,
      color,
      distance: 6,
      fontWeight: 600,
      width: 78,
      overflow: 'truncate',
    },
    labelLayout: { moveOverlap: 'shiftY' },
  };
  return [
    { ...band, data: curve.seen.map(({ low }) => low) },
    {
      ...band,
      data: curve.seen.map(({ low, high }) => (low === null || high === null ? null : high - low)),
      areaStyle: { color, opacity: count > 3 ? 0.08 : 0.14 },
    },
    {
      ...shared,
      name: curve.name,
      step: 'end',
      data: curve.seen.map(({ survival }) => survival),
      lineStyle: { color, width: 2 },
      ...(isProjected ? {} : label),
    },
    {
      ...shared,
      data: curve.projected,
      lineStyle: { color, type: 'dashed', width: 1.5 },
      ...(isProjected ? label : {}),
    },
  ];
}
