import { useMemo } from 'react';
import { majorUnits } from '../../lib/format/money';
import { useFormat } from '../../lib/viewer';
import { movementKinds } from './types';
import type { ExplorerFigure } from './figures';
import { useMoney, useSignedMoney } from './use-money';

const signedFigures = new Set<string>([...movementKinds, 'net_new']);

/** How a figure is written: short for charts, exact for tables that add up, plain for a spreadsheet. */
export function useFigureFormat(currency: string | undefined) {
  const format = useFormat();
  const money = useMoney(currency);
  const signed = useSignedMoney(currency);
  return useMemo(() => {
    // In columns the points stand under each other: 100.0%, not 100%.
    const shares = new Intl.NumberFormat('en', {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const withUnit = ({ unit, key }: ExplorerFigure, value: number | null, length: 'short' | 'exact'): string => {
      if (value === null) return '–';
      if (unit === 'share') return shares.format(value).replace('-', '−');
      if (unit === 'ratio') return format.number(value, 2);
      if (unit === 'accounts') return format.number(value);
      return (signedFigures.has(key) ? signed : money)[length](value);
    };
    return {
      short: (figure: ExplorerFigure, value: number | null) => withUnit(figure, value, 'short'),
      exact: (figure: ExplorerFigure, value: number | null) => withUnit(figure, value, 'exact'),
      plain: ({ unit }: ExplorerFigure, value: number | null) =>
        value !== null && unit === 'money' && currency !== undefined
          ? majorUnits({ amount_minor: value, currency })
          : value,
    };
  }, [format, money, signed, currency]);
}
