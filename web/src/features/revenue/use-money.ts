import { useMemo } from 'react';
import { useFormat } from '../../lib/viewer';

/** Amounts of one currency: short for figures and bars, exact for tables that add up. */
export function useMoney(currency: string | undefined) {
  const format = useFormat();
  return useMemo(() => {
    const as = (amount_minor: number | null | undefined) =>
      amount_minor == null || currency === undefined ? null : { amount_minor, currency };
    return {
      short: (amount_minor: number | null | undefined) => format.money(as(amount_minor)),
      exact: (amount_minor: number | null | undefined) => format.moneyExact(as(amount_minor)),
    };
  }, [format, currency]);
}

/** Movements: always with their sign; nothing is ±0. */
export function useSignedMoney(currency: string | undefined) {
  const money = useMoney(currency);
  return useMemo(() => {
    const sign = (amount: number) => (amount > 0 ? '+' : amount === 0 ? '±' : '');
    return {
      short: (amount: number) => sign(amount) + money.short(amount),
      exact: (amount: number) => sign(amount) + money.exact(amount),
    };
  }, [money]);
}
