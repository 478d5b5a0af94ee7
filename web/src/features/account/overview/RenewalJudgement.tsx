import { Anchor, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getJson } from '../../../api/json';
import { Money } from '../../../components/Money';
import type { MoneyAmount } from '../../../lib/format/money';
import type { TwoLanguages } from '../../../lib/language';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Overview.module.css';
import { accountKey, type Subject } from '../requests';

interface NextRenewal {
  id: string;
  category: 'open' | 'commit' | 'best_case' | 'at_risk' | 'lost';
  forecast: MoneyAmount;
  machine: { probability: number | null; words: TwoLanguages | null } | null;
  input: { next_step: string };
}

const nextRenewalQuery = ({ id, asOf }: Subject) =>
  queryOptions({
    queryKey: [...accountKey(id), 'renewal', asOf ?? null],
    queryFn: async ({ signal }) =>
      (await getJson<{ next: NextRenewal | null }>(`/api/accounts/${id}/renewals`, { as_of: asOf }, signal)).next,
  });

/** What people and the machine expect of the next renewal. */
export function RenewalJudgement({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const { data: next } = useQuery(nextRenewalQuery(subject));
  if (!next) return null;
  const share = next.machine?.probability;
  return (
    <>
      <dl className={classes.stepFacts}>
        <dt>{t('renewal.category')}</dt>
        <dd>{t(`renewal.${next.category === 'open' ? 'unjudged' : next.category}`)}</dd>
        <dt>{t('renewal.forecast')}</dt>
        <dd>
          <Money value={next.forecast} />
        </dd>
        <dt>{t('renewal.machine')}</dt>
        <dd title={next.machine?.words?.[language]}>
          {share === null || share === undefined ? '–' : format.percent(share, 0)}
        </dd>
      </dl>
      {next.input.next_step !== '' && <Text fz="sm">{next.input.next_step}</Text>}
      <Anchor fz="sm" renderRoot={(props) => <Link to="/renewals" search={{ panel: next.id }} {...props} />}>
        {t('renewal.open')}
      </Anchor>
    </>
  );
}
