import { Title } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanel } from '../../../lib/use-panel';
import { sumOfPeriods } from '../amounts';
import { AmountsChart } from '../AmountsChart';
import { FigureTip } from '../FigureTip';
import type { ExplorerFigure } from '../figures';
import { cellText } from '../panel/address';
import classes from '../Revenue.module.css';
import type { AmountKey, Figures, Series } from '../types';
import { usePeriodName } from '../use-period-name';
import { FigureLines } from './FigureLines';
import { FiguresTable } from './FiguresTable';
import { useValueName } from './use-value-name';
import { ValuesTable } from './ValuesTable';

interface ExploredProps {
  figures: Figures;
  figure: ExplorerFigure;
  pair: readonly string[];
}

/** The waterfall of the whole period, the figure period by period, and the table from which both come. */
export function Explored({ figures, figure, pair }: ExploredProps) {
  const [all, ...values] = figures.series;
  const chosen = useMemo(
    () => pair.flatMap((value) => figures.series.find((series) => series.value === value) ?? []),
    [pair, figures],
  );
  const lines = useMemo(
    () => (chosen.length > 0 ? chosen : values.length > 0 ? values : figures.series.slice(0, 1)),
    [chosen, values, figures],
  );
  if (!all) return null;
  return (
    <>
      <div className={classes.pair}>
        {(chosen.length > 0 ? chosen : [all]).map((series) => (
          <SeriesWaterfall key={series.value ?? ' all'} series={series} figures={figures} />
        ))}
        <FigureLines figures={figures} series={lines} figure={figure} />
      </div>
      {values.length > 0 ? (
        <ValuesTable figures={figures} all={all} values={values} chosen={chosen} figure={figure} />
      ) : (
        <FiguresTable figures={figures} all={all} />
      )}
    </>
  );
}

function SeriesWaterfall({ series, figures }: { series: Series; figures: Figures }) {
  const { t } = useTranslation('revenue');
  const periodName = usePeriodName();
  const valueName = useValueName(figures.by);
  const { open } = usePanel();
  const { grain, by, currency } = figures;
  const [from, to] = [figures.months[0]!, figures.months.at(-1)!];
  const amounts = useMemo(() => sumOfPeriods(series.cells), [series]);
  const pick = useCallback(
    (kind: AmountKey) =>
      open(cellText({ kind, grain, from, to, ...(series.value !== null && { of: { by, value: series.value } }) })),
    [open, grain, from, to, by, series.value],
  );
  const name = valueName(series);
  const period = from === to ? periodName(from, grain) : `${periodName(from, grain)} – ${periodName(to, grain)}`;
  const label = t('explorer.waterfall', { name });
  return (
    <section className={classes.card}>
      <AmountsChart
        label={label}
        amounts={amounts}
        currency={currency}
        fileName={`mrr-${from}-${to}`}
        height_px={280}
        balance="mrr"
        onPick={pick}
        header={
          <div className={classes.cardHead}>
            <Title order={2} size="h3">
              {label}
            </Title>
            <FigureTip figure="waterfall" about={label} />
            <span className={classes.quiet}>{period}</span>
          </div>
        }
      />
    </section>
  );
}
