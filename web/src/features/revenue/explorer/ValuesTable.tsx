import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FigureTip } from '../FigureTip';
import { numberOf, sumOf, type ExplorerFigure } from '../figures';
import type { Cell, Figures, Series } from '../types';
import { useFigureFormat } from '../use-figure-format';
import { useFigureName } from '../use-figure-names';
import { usePeriodName } from '../use-period-name';
import { Balanced } from './Balanced';
import classes from './Explorer.module.css';
import { FigureCell } from './FigureCell';
import { useValueName } from './use-value-name';

interface ValuesTableProps {
  figures: Figures;
  all: Series;
  values: readonly Series[];
  /** Those that stand side by side; empty shows all values. */
  chosen: readonly Series[];
  figure: ExplorerFigure;
}

/** One figure by the values of the dimension; what adds up is added up, beside the figure of the whole book. */
export function ValuesTable({ figures, all, values, chosen, figure }: ValuesTableProps) {
  const { t } = useTranslation('revenue');
  const name = useFigureName();
  const periodName = usePeriodName();
  const isPair = chosen.length === 2;
  const rows = chosen.length > 0 ? chosen : values;
  const addsUp = (figure.addsUp || figure.isBalance) && chosen.length === 0 && !figures.overlapping;
  const isWhole = addsUp && figures.more_values === 0;
  const sumAt = (at: number) => values.reduce((sum, { cells }) => sum + (numberOf(cells[at], figure) ?? 0), 0);
  const off = isWhole
    ? all.cells.reduce((sum, cell, at) => sum + Math.abs(sumAt(at) - (numberOf(cell, figure) ?? 0)), 0)
    : 0;
  // Of one account's products one may grow while another falls: netted, its kinds differ from the sum of the products'.
  const isComparable = figure.unit === 'money' && (figure.isBalance || figure.key === 'net_new' || off === 0);
  return (
    <section>
      <Title order={2} mb={8}>
        {name(figure.key)} <FigureTip figure={figure.key} />
      </Title>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={name(figure.key)}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('table.value')}</th>
              {all.cells.map(({ month, is_over }) => (
                <th key={month} scope="col">
                  {periodName(month, figures.grain)}
                  {!is_over && <small>{t('table.running')}</small>}
                </th>
              ))}
              {figure.addsUp && <th scope="col">{t('table.total')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((series) => (
              <ValueRow key={series.value} figures={figures} series={series} figure={figure} />
            ))}
            {isPair && <PairRow figures={figures} pair={chosen} figure={figure} />}
          </tbody>
          <tfoot>
            {isWhole && isComparable && (
              <SumRow figures={figures} figure={figure} label={t('table.sumOfValues')} at={sumAt} cells={all.cells} />
            )}
            <ValueRow figures={figures} series={all} figure={figure} />
          </tfoot>
        </table>
      </div>
      {isWhole && isComparable && <Balanced off={off} currency={figures.currency} what={t('explorer.valuesAddUp')} />}
    </section>
  );
}

function ValueRow({ figures, series, figure }: { figures: Figures; series: Series; figure: ExplorerFigure }) {
  const say = useFigureFormat(figures.currency);
  const valueName = useValueName(figures.by);
  const total = sumOf(series.cells, figure);
  return (
    <tr data-balance={series.value === null || undefined}>
      <th scope="row">
        <span title={valueName(series)}>{valueName(series)}</span>
      </th>
      {series.cells.map((cell) => (
        <FigureCell key={cell.month} figures={figures} figure={figure} cell={cell} value={series.value} />
      ))}
      {figure.addsUp && <td data-total>{say.exact(figure, total)}</td>}
    </tr>
  );
}

interface SumRowProps {
  figures: Figures;
  figure: ExplorerFigure;
  label: string;
  at: (index: number) => number;
  cells: readonly Cell[];
}

function SumRow({ figures, figure, label, at, cells }: SumRowProps) {
  const say = useFigureFormat(figures.currency);
  return (
    <tr>
      <th scope="row">{label}</th>
      {cells.map(({ month }, index) => (
        <td key={month}>{say.exact(figure, at(index))}</td>
      ))}
      {figure.addsUp && (
        <td data-total>
          {say.exact(
            figure,
            cells.reduce((sum, _, index) => sum + at(index), 0),
          )}
        </td>
      )}
    </tr>
  );
}

/** What the first has more than the second; of shares in percentage points. */
function PairRow({ figures, pair, figure }: { figures: Figures; pair: readonly Series[]; figure: ExplorerFigure }) {
  const { t } = useTranslation('revenue');
  const say = useFigureFormat(figures.currency);
  const [one, other] = pair;
  const apart = (first: number | null, second: number | null) => {
    if (first === null || second === null) return '–';
    const difference = first - second;
    return (
      (difference > 0 && !say.exact(figure, difference).startsWith('+') ? '+' : '') + say.exact(figure, difference)
    );
  };
  return (
    <tr className={classes.apart}>
      <th scope="row">{t('table.difference')}</th>
      {figures.months.map((month, at) => (
        <td key={month}>{apart(numberOf(one?.cells[at], figure), numberOf(other?.cells[at], figure))}</td>
      ))}
      {figure.addsUp && <td data-total>{apart(sumOf(one?.cells ?? [], figure), sumOf(other?.cells ?? [], figure))}</td>}
    </tr>
  );
}
