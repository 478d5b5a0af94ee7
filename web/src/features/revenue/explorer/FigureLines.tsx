import { Title } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../../components/chart/Chart';
import type { ChartOption, ChartPick } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { tooltipLines } from '../../../components/chart/tooltip';
import { usePanel } from '../../../lib/use-panel';
import { shareExtent } from '../chart-axes';
import { FigureTip } from '../FigureTip';
import { behindFigure, numberOf, type ExplorerFigure } from '../figures';
import { cellText } from '../panel/address';
import classes from '../Revenue.module.css';
import type { Figures, Series } from '../types';
import { useFigureFormat } from '../use-figure-format';
import { useFigureName } from '../use-figure-names';
import { usePeriodName } from '../use-period-name';
import { useValueName } from './use-value-name';

/** More lines than these can be told apart neither by colour nor by name; the table has them all. */
const mostLines = 6;

interface FigureLinesProps {
  figures: Figures;
  series: readonly Series[];
  figure: ExplorerFigure;
}

export function FigureLines({ figures, series: all, figure }: FigureLinesProps) {
  const { t } = useTranslation('revenue');
  const name = useFigureName();
  const say = useFigureFormat(figures.currency);
  const periodName = usePeriodName();
  const valueName = useValueName(figures.by);
  const { open } = usePanel();
  const { months, grain, by } = figures;
  const series = useMemo(() => all.slice(0, mostLines), [all]);
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => {
      const values = series.flatMap(({ cells }) => cells.map((cell) => numberOf(cell, figure)));
      const isAlone = series.length === 1;
      return {
        grid: {
          left: 8,
          right: isAlone ? 24 : 118,
          top: 12,
          bottom: 4,
          outerBoundsMode: 'same',
          outerBoundsContain: 'axisLabel',
        },
        tooltip: {
          trigger: 'axis',
          confine: true,
          formatter: (points: unknown) => {
            const [first] = points as { dataIndex: number }[];
            const at = first?.dataIndex ?? 0;
            return tooltipLines([
              { name: months[at] ? periodName(months[at], grain) : '' },
              ...series.map((each, index) => ({
                name: valueName(each),
                value: say.exact(figure, numberOf(each.cells[at], figure)),
                color: tokens.series[index],
              })),
            ]);
          },
        },
        xAxis: {
          type: 'category',
          data: months,
          boundaryGap: months.length === 1,
          axisLabel: { formatter: (month: string) => periodName(month, grain) },
        },
        yAxis: {
          type: 'value',
          ...(figure.unit === 'share' && shareExtent(values)),
          axisLabel: { formatter: (value: number) => say.short(figure, value).replace(/[+±]/, '') },
        },
        series: series.map((each, index) => ({
          name: valueName(each),
          type: 'line',
          color: tokens.series[index],
          lineStyle: { color: tokens.series[index] },
          data: each.cells.map((cell) => numberOf(cell, figure)),
          symbol: 'circle',
          symbolSize: 6,
          showSymbol: true,
          endLabel: {
            show: !isAlone,
            formatter: '{a}',
            color: tokens.series[index],
            distance: 6,
            width: 104,
            overflow: 'truncate',
          },
          labelLayout: { moveOverlap: 'shiftY' },
        })),
      };
    },
    [series, figure, months, grain, say, periodName, valueName],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('table.period') },
        ...series.map((each) => ({
          header: valueName(each),
          align: 'right' as const,
          format: (cell: unknown) => (typeof cell === 'number' ? String(cell) : '–'),
        })),
      ],
      rows: months.map((month, at) => [
        periodName(month, grain),
        ...series.map(({ cells }) => say.plain(figure, numberOf(cells[at], figure))),
      ]),
    }),
    [series, figure, months, grain, say, periodName, valueName, t],
  );
  const pick = useCallback(
    ({ seriesName, dataIndex }: ChartPick) => {
      const each = series.find((candidate) => valueName(candidate) === seriesName) ?? series[0];
      const cell = each?.cells[dataIndex];
      if (!each || !cell) return;
      const of = each.value === null ? undefined : { by, value: each.value };
      open(cellText(behindFigure(figure, { month: cell.month, end: cell.end, grain }, of)));
    },
    [series, figure, valueName, by, grain, open],
  );
  const title = name(figure.key);
  return (
    <section className={classes.card}>
      <Chart
        label={t('explorer.lines', { figure: title })}
        option={option}
        table={table}
        fileName={`revenue-${figure.key}-by-${by}`}
        height_px={280}
        onPick={pick}
        header={
          <div className={classes.cardHead}>
            <Title order={2} size="h3">
              {title}
            </Title>
            <FigureTip figure={figure.key} />
            {all.length > series.length && (
              <span className={classes.quiet}>{t('explorer.largest', { count: series.length })}</span>
            )}
          </div>
        }
      />
    </section>
  );
}
