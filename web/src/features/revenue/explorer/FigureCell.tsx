import { UnstyledButton } from '@mantine/core';
import { usePanel } from '../../../lib/use-panel';
import { behindFigure, numberOf, type ExplorerFigure } from '../figures';
import { cellText } from '../panel/address';
import type { Cell, Figures } from '../types';
import { useFigureFormat } from '../use-figure-format';
import classes from './Explorer.module.css';

interface FigureCellProps {
  figures: Figures;
  figure: ExplorerFigure;
  cell: Cell | undefined;
  /** Null: all accounts. */
  value: string | null;
}

/** A figure of one period; pressed, it shows what is behind it. */
export function FigureCell({ figures, figure, cell, value }: FigureCellProps) {
  const say = useFigureFormat(figures.currency);
  const { id, open } = usePanel();
  const number = numberOf(cell, figure);
  if (!cell || number === null) return <td>–</td>;
  const text = say.exact(figure, number);
  if (number === 0) return <td className={classes.zero}>{text}</td>;
  const of = value === null ? undefined : { by: figures.by, value };
  const address = cellText(behindFigure(figure, { month: cell.month, end: cell.end, grain: figures.grain }, of));
  return (
    <td>
      <UnstyledButton className={classes.cell} data-open={id === address || undefined} onClick={() => open(address)}>
        {text}
      </UnstyledButton>
    </td>
  );
}
