import { Anchor, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat } from '../../../lib/viewer';
import type { Day } from '../../../lib/format/date';
import { ContractName } from '../panel/ContractName';
import panelClasses from '../panel/Panel.module.css';
import { restatementQuery } from '../revenue';
import { movementKinds, type AmountKey, type ContractRow, type Restatement } from '../types';
import { useFigureName } from '../use-figure-names';
import { useMoney, useSignedMoney } from '../use-money';
import classes from './Mend.module.css';

const keys: readonly AmountKey[] = ['opening', ...movementKinds, 'closing'];

/** A month as it was reported against what is known now, and the contracts that make the difference. */
export function RestatementContent({ month }: { month: Day }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const restatement = useQuery(restatementQuery(month, undefined));
  if (restatement.isPending) return <Skeleton height={300} />;
  if (restatement.isError) return <ErrorState error={restatement.error} onRetry={() => void restatement.refetch()} />;
  const { data } = restatement;
  return (
    <>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('months.since', { instant: format.instant(data.closed_at) })}
      </Text>
      <Amounts data={data} />
      {data.accounts.length === 0 && <EmptyState title={t('months.unchanged')} />}
      {data.accounts.map((account) => (
        <AccountRestated key={account.account.id} restated={account} currency={data.currency} />
      ))}
    </>
  );
}

function Amounts({ data: { before, now, currency } }: { data: Restatement }) {
  const { t } = useTranslation('revenue');
  const name = useFigureName();
  const money = useMoney(currency);
  const signed = useSignedMoney(currency);
  return (
    <table className={panelClasses.rows} aria-label={t('months.beforeAndNow')}>
      <thead>
        <tr>
          <th scope="col">{t('table.figure')}</th>
          <th scope="col">{t('months.asReported')}</th>
          <th scope="col">{t('months.asKnownNow')}</th>
          <th scope="col">{t('table.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {keys
          .filter((key) => before[key] !== 0 || now[key] !== 0)
          .map((key) => (
            <tr key={key} data-apart={before[key] !== now[key] || undefined}>
              <th scope="row">{name(key)}</th>
              <td>{money.exact(before[key])}</td>
              <td>{money.exact(now[key])}</td>
              <td>{signed.exact(now[key] - before[key])}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function AccountRestated({ restated, currency }: { restated: Restatement['accounts'][number]; currency: string }) {
  const { t } = useTranslation('revenue');
  const signed = useSignedMoney(currency);
  const { account, before, now, rows_gone, rows_added } = restated;
  return (
    <section className={classes.restated}>
      <div className={classes.restatedHead}>
        <Title order={3}>
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link
                to="/accounts/$accountId"
                params={{ accountId: String(account.id) }}
                search={{ tab: 'contracts' }}
                {...props}
              />
            )}
          >
            {account.name}
          </Anchor>
        </Title>
        <b className="tabular">{signed.exact(now.closing - before.closing)}</b>
      </div>
      <Rows title={t('months.gone')} rows={rows_gone} currency={currency} />
      <Rows title={t('months.added')} rows={rows_added} currency={currency} />
    </section>
  );
}

function Rows({ title, rows, currency }: { title: string; rows: ContractRow[]; currency: string }) {
  const { t } = useTranslation('revenue');
  const money = useMoney(currency);
  if (rows.length === 0) return null;
  return (
    <table className={panelClasses.rows} aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t('months.mrr')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.subscription_id} ${row.known_from}`}>
            <th scope="row">
              <ContractName row={row} />
            </th>
            <td>{money.exact(row.mrr)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
