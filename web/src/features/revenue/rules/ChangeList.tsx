import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { ContractTable } from '../panel/ContractTable';
import type { Change } from '../types';
import { useFigureName } from '../use-figure-names';
import { useMoney, useSignedMoney } from '../use-money';
import classes from './Rules.module.css';

/** How one way of counting sees an account: day by day what changed, what it calls it, and the contracts behind. */
export function ChangeList({ title, changes, currency }: { title: string; changes: Change[]; currency: string }) {
  const { t } = useTranslation('revenue');
  const name = useFigureName();
  const money = useMoney(currency);
  const signed = useSignedMoney(currency);
  return (
    <section aria-label={title}>
      <Title order={3} fz="sm" mb={4}>
        {title}
      </Title>
      {changes.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('rules.noChanges')}
        </Text>
      )}
      <ul className={classes.changes}>
        {changes.map((change) => (
          <li key={change.day}>
            <div className={classes.change}>
              <DateText value={change.day} form="absolute" />
              <span className="tabular">
                {money.exact(change.mrr_before)} → {money.exact(change.mrr_after)}
              </span>
            </div>
            {change.movements.map(({ kind, amount }, index) => (
              <div key={index} className={classes.change}>
                <b>{name(kind)}</b>
                <b className="tabular">{signed.exact(amount)}</b>
              </div>
            ))}
            {change.rows.length > 0 && (
              <ContractTable rows={change.rows} currency={currency} label={`${title} ${change.day}`} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
