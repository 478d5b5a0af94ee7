import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MovementRow } from '../types';
import { useMoney, useSignedMoney } from '../use-money';
import { ContractName } from './ContractName';
import classes from './Panel.module.css';

/** The contracts before and after a movement; what each changed adds up to the change of the day. */
export function ContractTable({ rows, currency, label }: { rows: MovementRow[]; currency: string; label: string }) {
  const { t } = useTranslation('revenue');
  const money = useMoney(currency);
  const signed = useSignedMoney(currency);
  if (rows.length === 0)
    return (
      <Text fz="xs" c="dimmed">
        {t('panel.noContracts')}
      </Text>
    );
  const sum = (pick: (row: MovementRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return (
    <table className={classes.rows} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('panel.contract')}</th>
          <th scope="col">{t('panel.before')}</th>
          <th scope="col">{t('panel.after')}</th>
          <th scope="col">{t('panel.change')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.subscription_id} ${row.known_from} ${row.start}`}>
            <th scope="row">
              <ContractName row={row} />
            </th>
            <td>{money.exact(row.mrr_before)}</td>
            <td>{money.exact(row.mrr_after)}</td>
            <td>{signed.exact(row.mrr_after - row.mrr_before)}</td>
          </tr>
        ))}
      </tbody>
      {rows.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">{t('panel.sum')}</th>
            <td>{money.exact(sum(({ mrr_before }) => mrr_before))}</td>
            <td>{money.exact(sum(({ mrr_after }) => mrr_after))}</td>
            <td>{signed.exact(sum(({ mrr_before, mrr_after }) => mrr_after - mrr_before))}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}
