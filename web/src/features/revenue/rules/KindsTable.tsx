import { Title, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../../lib/viewer';
import type { AmountKey, RulesComparison } from '../types';
import { useFigureName } from '../use-figure-names';
import { useMoney, useSignedMoney } from '../use-money';
import { kindsApart } from './compared';
import classes from './Rules.module.css';

const rates = ['nrr_12', 'grr_12', 'logo_churn'] as const;

interface KindsTableProps {
  comparison: RulesComparison;
  chosen: AmountKey;
  onChoose: (key: AmountKey) => void;
}

/** What each makes of the whole period, kind by kind; the kind that is chosen is explained beside and below. */
export function KindsTable({ comparison, chosen, onChoose }: KindsTableProps) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const format = useFormat();
  const name = useFigureName();
  const money = useMoney(comparison.currency);
  const signed = useSignedMoney(comparison.currency);
  const last = comparison.months.at(-1);
  return (
    <section className={`${classes.scroll} ${classes.months}`} tabIndex={0} aria-label={t('rules.kinds')}>
      <Title order={2} size="h3" className={classes.caption}>
        {t('rules.kinds')}
      </Title>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('table.figure')}</th>
            <th scope="col">{comparison.left.name[language]}</th>
            <th scope="col">{comparison.right.name[language]}</th>
            <th scope="col">{t('table.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {kindsApart(comparison.months).map(({ key, left, right }) => (
            <tr key={key} data-chosen={key === chosen || undefined} data-apart={left !== right || undefined}>
              <th scope="row">
                <UnstyledButton className={classes.choose} aria-pressed={key === chosen} onClick={() => onChoose(key)}>
                  {name(key)}
                </UnstyledButton>
              </th>
              <td>{money.exact(left)}</td>
              <td>{money.exact(right)}</td>
              <td>{signed.exact(right - left)}</td>
            </tr>
          ))}
        </tbody>
        {last && (
          <tbody>
            {rates.map((key) => {
              const [left, right] = [last.left[key], last.right[key]];
              return (
                <tr key={key} data-apart={left !== right || undefined}>
                  <th scope="row">{t('rules.lastOf', { figure: name(key) })}</th>
                  <td>{format.percent(left)}</td>
                  <td>{format.percent(right)}</td>
                  <td>
                    {left === null || right === null
                      ? '–'
                      : t('executive.points', { change: format.change((right - left) * 100, 2) })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        )}
      </table>
    </section>
  );
}
