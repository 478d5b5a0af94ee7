import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../../../components/chart/Chart';
import type { ChartOption } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { useFormat, useLanguage, useViewer } from '../../../lib/viewer';
import classes from '../Panel.module.css';
import type { MeasureDefinition, MeasureWalk } from '../health-types';
import { measureValue } from '../measure-value';

interface MeasureHistoryProps {
  measure: MeasureDefinition;
  history: MeasureWalk['history'];
}

const height_px = 160;

/** How one measure went. */
export function MeasureHistory({ measure, history }: MeasureHistoryProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const { reportingCurrency } = useViewer();
  const name = measure.name[language];
  const unit = measure.percentile_among ? 'percentile' : measure.unit;
  const shown = useCallback(
    (value: number | null | undefined) => measureValue(value, unit, format, reportingCurrency),
    [unit, format, reportingCurrency],
  );
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      tooltip: {
        trigger: 'axis',
        formatter: (points: unknown) => {
          const [first] = points as { axisValue: string; dataIndex: number }[];
          return first ? `${format.day(first.axisValue)}<br><b>${shown(history.values[first.dataIndex])}</b>` : '';
        },
      },
      xAxis: {
        type: 'category',
        data: history.days,
        boundaryGap: false,
        axisLabel: { formatter: format.month, hideOverlap: true, interval: Math.ceil(history.days.length / 4) },
      },
      yAxis: { type: 'value', scale: unit === 'percent', minInterval: unit === 'ratio' ? 0 : 1 },
      series: [
        {
          name,
          type: 'line',
          data: history.values,
          lineStyle: { color: tokens.accent },
          itemStyle: { color: tokens.accent },
        },
      ],
    }),
    [history, format, shown, name, unit],
  );
  const table = useMemo(
    () => ({
      columns: [{ header: t('history.day') }, { header: name, align: 'right' as const }],
      rows: history.days.map((day, index) => [day, history.values[index]]).toReversed(),
    }),
    [history, name, t],
  );
  return (
    <Chart
      label={t('measure.history', { measure: name })}
      option={option}
      table={table}
      fileName={measure.key}
      height_px={height_px}
      header={<h3 className={classes.panelHeading}>{t('measure.course')}</h3>}
    />
  );
}
