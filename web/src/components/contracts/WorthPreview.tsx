import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ratesQuery, type Subscription } from '../../api/contracts';
import { useFormat } from '../../lib/viewer';
import classes from './Contracts.module.css';
import { termsOf, worthOf, type ContractValues } from './contract-values';

/** What the contract will count for, while it is being written. */
export function WorthPreview({ values, before }: { values: ContractValues; before: Subscription | undefined }) {
  const { t } = useTranslation('contracts');
  const format = useFormat();
  const { data: rates } = useQuery(ratesQuery);
  if (!rates) return <div />;
  const terms = termsOf(values);
  const worth = worthOf(terms, rates);
  if (!worth) {
    return (
      <Text fz="xs" role="status" className={classes.worth}>
        {t(terms.billing_period_months < 1 ? 'worth.noPeriod' : 'worth.noRate', { currency: terms.amount.currency })}
      </Text>
    );
  }
  const isOther = before?.mrr != null && before.mrr.amount_minor !== worth.mrr.amount_minor;
  return (
    <div role="status" aria-label={t('worth.title')} className={classes.worth}>
      <span>
        MRR <b className="tabular">{format.moneyExact(worth.mrr)}</b>
      </span>
      <span>
        ARR <b className="tabular">{format.moneyExact(worth.arr)}</b>
      </span>
      <Text span fz="xs" c="dimmed">
        {isOther && t('worth.before', { amount: format.moneyExact(before.mrr) })}
        {terms.is_trial && t('worth.trial')}
      </Text>
    </div>
  );
}
