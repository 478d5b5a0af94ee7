import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import type { AmountKey, Grain, RulesComparison } from '../types';
import { useFigureName } from '../use-figure-names';
import { useMoney, useSignedMoney } from '../use-money';
import { usePeriodName } from '../use-period-name';
import classes from './Rules.module.css';

interface MonthsTableProps {
  comparison: RulesComparison;
  kind: AmountKey;
  grain: Grain;
}

/** In which months the two differ, down to their sum. */
export function MonthsTable({ comparison, kind, grain }: MonthsTableProps) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const name = useFigureName();
  const periodName = usePeriodName();
  const money = useMoney(comparison.currency);
  const signed = useSignedMoney(comparison.currency);
  const isBalance = kind === 'opening' || kind === 'closing';
  const sum = (side: 'left' | 'right') => comparison.months.reduce((total, month) => total + month[side][kind], 0);
  const title = t('rules.byMonth', { figure: name(kind) });
  return (
    <section className={`${classes.scroll} ${classes.months}`} tabIndex={0} aria-label={title}>
      <Title order={2} size="h3" className={classes.caption}>
        {title}
      </Title>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('table.period')}</th>
            <th scope="col">{comparison.left.name[language]}</th>
            <th scope="col">{comparison.right.name[language]}</th>
            <th scope="col">{t('table.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {comparison.months.map(({ month, left, right }) => (
            <tr key={month} data-apart={left[kind] !== right[kind] || undefined}>
              <th scope="row">{periodName(month, grain)}</th>
              <td>{money.exact(left[kind])}</td>
              <td>{money.exact(right[kind])}</td>
              <td>{signed.exact(right[kind] - left[kind])}</td>
            </tr>
          ))}
        </tbody>
        {!isBalance && (
          <tfoot>
            <tr>
              <th scope="row">{t('panel.sum')}</th>
              <td>{money.exact(sum('left'))}</td>
              <td>{money.exact(sum('right'))}</td>
              <td>{signed.exact(sum('right') - sum('left'))}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
