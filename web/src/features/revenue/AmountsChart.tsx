import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaterfallStep } from '../../components/chart/waterfall';
import { WaterfallChart } from '../../components/chart/WaterfallChart';
import { majorUnits } from '../../lib/format/money';
import { useFormat } from '../../lib/viewer';
import { waterfallSteps } from './amounts';
import type { AmountKey, Amounts } from './types';
import { useFigureName } from './use-figure-names';
import { useMoney, useSignedMoney } from './use-money';

interface AmountsChartProps {
  label: string;
  amounts: Amounts;
  currency: string;
  fileName: string;
  height_px?: number;
  header?: ReactNode;
  /** What the two balances are called: MRR, or ARR where the amounts are twelve times as much. */
  balance: 'mrr' | 'arr';
  onPick?: (kind: AmountKey) => void;
}

/** Movements as a waterfall, in the words and the currency of the workspace. */
export function AmountsChart({ label, amounts, currency, balance, onPick, ...rest }: AmountsChartProps) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const name = useFigureName();
  const money = useMoney(currency);
  const signed = useSignedMoney(currency);
  const steps = useMemo(
    () =>
      waterfallSteps(amounts, (key) =>
        key === 'regrouped'
          ? t('regrouped')
          : key === 'opening' || key === 'closing'
            ? t(`balance.${key}`, { figure: balance.toUpperCase() })
            : name(key),
      ),
    [amounts, name, balance, t],
  );
  const short = useCallback(
    ({ kind, amount }: WaterfallStep) => (kind === 'level' ? money : signed).short(amount),
    [money, signed],
  );
  const exact = useCallback(
    ({ kind, amount }: WaterfallStep) => (kind === 'level' ? money : signed).exact(amount),
    [money, signed],
  );
  const amount = useMemo(
    () => ({
      header: t('chart.amountIn', { currency }),
      of: (step: WaterfallStep) => majorUnits({ amount_minor: step.amount, currency }),
      format: (figure: number) => format.number(figure, 2),
    }),
    [t, currency, format],
  );
  // What came with accounts that changed their segment or owner is no movement, and has no contracts behind it.
  const pick = useMemo(
    () => onPick && (({ key }: WaterfallStep) => key !== 'regrouped' && onPick(key as AmountKey)),
    [onPick],
  );
  return (
    <WaterfallChart label={label} steps={steps} short={short} exact={exact} amount={amount} onPick={pick} {...rest} />
  );
}
