import { Badge } from '@mantine/core';
import { IconStar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import { TableFrame } from './TableFrame';
import type { Association } from './requests';

/** Practices against good ends, the clearest first. */
export function Associations({ items, fileName }: { items: readonly Association[]; fileName: string }) {
  const { t } = useTranslation('proof');
  const language = useLanguage();
  const format = useFormat();
  const share = ({ good, cases }: Association['with']) => (cases === 0 ? '–' : format.percent(good / cases, 0));
  const points = (value: number | null) => (value === null ? '–' : format.number(value * 100, 0));
  const headers = ['practice', 'with', 'without', 'difference', 'q'].map((key) => t(`association.${key}`));
  return (
    <TableFrame
      label={t('association.label')}
      note={t('association.note')}
      fileName={fileName}
      headers={headers}
      csv={items.map((item) => [
        item.name[language],
        `${item.with.good}/${item.with.cases}`,
        `${item.without.good}/${item.without.cases}`,
        item.difference,
        item.q_value,
      ])}
    >
      {items.map((item) => (
        <tr key={item.key}>
          <td title={item.sentence[language]}>
            {item.name[language]}
            {item.stands_out && (
              <Badge ml={8} size="sm" leftSection={<IconStar size={11} aria-hidden />}>
                {t('association.standsOut')}
              </Badge>
            )}
          </td>
          <td data-right>
            {share(item.with)} ({item.with.good}/{item.with.cases})
          </td>
          <td data-right>
            {share(item.without)} ({item.without.good}/{item.without.cases})
          </td>
          <td data-right>
            {points(item.difference)}
            <small>
              {' '}
              [{points(item.low)}, {points(item.high)}]
            </small>
          </td>
          <td data-right>{item.q_value === null ? '–' : format.number(item.q_value, 2)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
