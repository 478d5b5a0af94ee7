import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { unexplained } from '../amounts';
import { FigureTip } from '../FigureTip';
import { explorerFigure, explorerFigures, numberOf, sumOf, type ExplorerFigure } from '../figures';
import { movementKinds, type Figures, type Series } from '../types';
import { useFigureFormat } from '../use-figure-format';
import { useFigureName } from '../use-figure-names';
import { usePeriodName } from '../use-period-name';
import { Balanced } from './Balanced';
import classes from './Explorer.module.css';
import { FigureCell } from './FigureCell';

const balanceKeys: readonly string[] = ['opening', ...movementKinds, 'closing'];
/** From the opening over every movement to the closing: a column adds up from top to bottom. */
const balance = balanceKeys.map((key) => explorerFigure(key));
const others = explorerFigures.filter(({ key }) => !balanceKeys.includes(key));

/** Every figure of the whole book, period by period. */
export function FiguresTable({ figures, all }: { figures: Figures; all: Series }) {
  const { t } = useTranslation('revenue');
  const periodName = usePeriodName();
  const { cells } = all;
  // Kinds that never happened in the whole period would only fill lines with zeros.
  const rows = balance.filter(
    ({ key }) =>
      !['reactivation', 'transfer_in', 'transfer_out', 'currency'].includes(key) ||
      cells.some((cell) => cell[key] !== 0),
  );
  const off = cells.reduce((sum, cell) => sum + Math.abs(unexplained(cell)), 0);
  return (
    <section>
      <Title order={2} mb={8}>
        {t('explorer.table')}
      </Title>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('explorer.table')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('table.figure')}</th>
              {cells.map(({ month, is_over }) => (
                <th key={month} scope="col">
                  {periodName(month, figures.grain)}
                  {!is_over && <small>{t('table.running')}</small>}
                </th>
              ))}
              <th scope="col">{t('table.total')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((figure) => (
              <FigureRow key={figure.key} figures={figures} series={all} figure={figure} />
            ))}
          </tbody>
          <tbody>
            {others.map((figure) => (
              <FigureRow key={figure.key} figures={figures} series={all} figure={figure} />
            ))}
          </tbody>
        </table>
      </div>
      <Balanced off={off} currency={figures.currency} what={t('explorer.columnsAddUp')} />
    </section>
  );
}

function FigureRow({ figures, series, figure }: { figures: Figures; series: Series; figure: ExplorerFigure }) {
  const name = useFigureName();
  const say = useFigureFormat(figures.currency);
  const { cells, value } = series;
  const isBalance = figure.key === 'opening' || figure.key === 'closing';
  // The period as a whole opens with its first balance and closes with its last.
  const whole =
    figure.key === 'opening'
      ? numberOf(cells[0], figure)
      : figure.key === 'closing'
        ? numberOf(cells.at(-1), figure)
        : sumOf(cells, figure);
  return (
    <tr data-balance={isBalance || undefined}>
      <th scope="row">
        <span title={name(figure.key)}>{name(figure.key)}</span> <FigureTip figure={figure.key} />
      </th>
      {cells.map((cell) => (
        <FigureCell key={cell.month} figures={figures} figure={figure} cell={cell} value={value} />
      ))}
      <td data-total>{whole === null ? '' : say.exact(figure, whole)}</td>
    </tr>
  );
}
