import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import { TableFrame } from './TableFrame';
import type { Proof } from './requests';

/** What both sides were like before: how far they lie apart, in standard deviations. */
export function Balance({ proof }: { proof: Proof }) {
  const { t } = useTranslation('proof');
  const language = useLanguage();
  const format = useFormat();
  const isMatched = proof.comparison === 'matched';
  const text = (value: number | null) => (value === null ? '–' : format.number(value, 2));
  const headers = [t('balance.what'), ...(isMatched ? [t('balance.before')] : []), t('balance.after')];
  return (
    <TableFrame
      label={t('part.balance')}
      note={t('balance.note')}
      fileName={`balance-${proof.key}-${proof.as_of}`}
      headers={headers}
      csv={proof.balance.map((row) => [row.name[language], ...(isMatched ? [row.before] : []), row.after])}
    >
      {proof.balance.map((row) => (
        <tr key={row.key}>
          <td>{row.name[language]}</td>
          {isMatched && <td data-right>{text(row.before)}</td>}
          <td data-right>{text(row.after)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
