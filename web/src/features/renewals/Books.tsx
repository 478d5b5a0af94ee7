import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Condition } from '../../components/filter/condition';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { useFormat } from '../../lib/viewer';
import classes from './Renewals.module.css';
import { booksQuery } from './requests';
import type { OwnerBook } from './types';

/** What each person looks after: ARR managed, due this quarter, at risk, next steps missing, forecast against target. */
export function Books() {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const { data, isError, error, refetch } = useQuery(booksQuery);
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={280} />;
  if (data.items.length === 0) return <EmptyState title={t('books.none')}>{t('books.noneHelp')}</EmptyState>;
  return (
    <Stack gap="sm">
      <Text fz="sm" c="dimmed">
        {t('books.quarter', {
          quarter: format.fiscalQuarter(data.from),
          from: format.dayShort(data.from),
          to: format.dayShort(data.to),
        })}
      </Text>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('room.books')}>
        <table className={classes.plain}>
          <thead>
            <tr>
              <th>{t('column.owner')}</th>
              <th data-right>{t('books.accounts')}</th>
              <th data-right>{t('books.arr')}</th>
              <th data-right>{t('books.due')}</th>
              <th data-right>{t('books.atRisk')}</th>
              <th data-right>{t('books.noNextStep')}</th>
              <th data-right>{t('sum.forecast')}</th>
              <th data-right>{t('sum.target')}</th>
              <th data-right>{t('books.share')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items
              .toSorted((a, b) => b.arr.amount_minor - a.arr.amount_minor)
              .map((book) => (
                <BookLine key={book.owner?.id ?? 0} book={book} />
              ))}
          </tbody>
        </table>
      </div>
    </Stack>
  );
}

function BookLine({ book }: { book: OwnerBook }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const name = book.owner?.name || t('books.nobody');
  return (
    <tr>
      <td>
        {book.owner?.id ? (
          <Link to="/renewals" search={{ period: 'quarter', filter: ownedBy(book.owner.id) }} className={classes.name}>
            {name}
          </Link>
        ) : (
          name
        )}
      </td>
      <td data-right>{format.number(book.accounts)}</td>
      <td data-right>
        <Money value={book.arr} />
      </td>
      <td data-right>
        <Money value={book.due_amount} />
        <span className={classes.note}>{t('sum.count', { count: book.due })}</span>
      </td>
      <td data-right>
        <Money value={book.at_risk_amount} />
        <span className={classes.note}>{t('sum.count', { count: book.at_risk })}</span>
      </td>
      <td data-right>{format.number(book.without_next_step)}</td>
      <td data-right>
        <Money value={book.forecast} />
      </td>
      <td data-right>
        <Money value={book.target} />
      </td>
      <td data-right>
        {book.target.amount_minor > 0 ? format.percent(book.forecast.amount_minor / book.target.amount_minor, 0) : '–'}
      </td>
    </tr>
  );
}

function ownedBy(id: number): Condition {
  return { combinator: 'and', rules: [{ field: 'owner', operator: '=', value: String(id) }] };
}
