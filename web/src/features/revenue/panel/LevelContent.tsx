import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { addDays } from '../../../lib/format/date';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { figuresQuery, type Basis } from '../revenue';
import { useMoney } from '../use-money';
import type { CellAddress } from './address';
import classes from './Panel.module.css';

/** A balance is what is under contract on a day: by product, and on the way to the accounts as they were then. */
export function LevelContent({ cell, kind, basis }: { cell: CellAddress; kind: 'opening' | 'closing'; basis: Basis }) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const format = useFormat();
  const { from, to, grain, of } = cell;
  const month = kind === 'opening' ? from : to;
  // Within one value of a dimension the server gives no second dimension: the value itself is then the only line.
  const question = { from: month, to: month, grain, ...(of ?? { by: 'product' }) };
  const figures = useQuery(figuresQuery(basis, question));
  const money = useMoney(figures.data?.currency);
  if (figures.isPending) return <Skeleton height={240} />;
  if (figures.isError) return <ErrorState error={figures.error} onRetry={() => void figures.refetch()} />;
  const [all, ...parts] = figures.data.series;
  const wanted = of ? figures.data.series.find(({ value }) => value === of.value) : all;
  const first = wanted?.cells[0];
  if (!first) return <EmptyState title={t('panel.nothing')} />;
  const lines = of ? [] : parts.filter(({ cells }) => cells[0]?.[kind] !== 0);
  const accounts = kind === 'opening' ? first.accounts_opening : first.accounts_closing;
  const day = kind === 'opening' ? addDays(first.month, -1) : first.end;
  return (
    <>
      <Group justify="space-between" className={classes.sum} wrap="nowrap">
        <Text fz="sm">
          {t('panel.levelOn', { day: format.day(day), count: accounts, formatted: format.number(accounts) })}
        </Text>
        <b className="tabular">{money.exact(first[kind])}</b>
      </Group>
      {lines.length > 0 && (
        <table className={classes.rows} aria-label={t('panel.byProduct')}>
          <thead>
            <tr>
              <th scope="col">{t('panel.product')}</th>
              <th scope="col">MRR</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ value, name, cells }) => (
              <tr key={value}>
                <th scope="row">{name[language]}</th>
                <td>{money.exact(cells[0]?.[kind])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button
        mt="md"
        size="xs"
        variant="default"
        renderRoot={(props) => (
          <Link to="/book" search={{ sort: '-arr', asOf: day < figures.data.book_day ? day : undefined }} {...props} />
        )}
      >
        {t('panel.book', { day: format.dayShort(day) })}
      </Button>
    </>
  );
}
