import { Skeleton, Stack, Text } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { useAsOf } from '../../lib/as-of';
import { addDays } from '../../lib/format/date';
import { usePanel } from '../../lib/use-panel';
import { useFormat, useLanguage } from '../../lib/viewer';
import { CategoryBadge } from './Badges';
import classes from './Renewals.module.css';
import { changesQuery, type Question } from './requests';
import type { ForecastChange } from './types';

const standardDays = 7;

/** What moved the forecast since a day: by whom, why, and adding up. */
export function Changes({ question }: { question: Question }) {
  const { t } = useTranslation('renewals');
  const { since: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const { day } = useAsOf();
  const since = chosen ?? addDays(day, -standardDays);
  const { data, isError, error, refetch } = useQuery(changesQuery(question, since));
  return (
    <Stack gap="md">
      <DateInput
        size="xs"
        w={180}
        label={t('changes.since')}
        valueFormat="YYYY-MM-DD"
        maxDate={addDays(day, -1)}
        value={since}
        onChange={(next) =>
          next && void navigate({ search: (before) => ({ ...before, since: next.slice(0, 10) }), replace: true })
        }
      />
      {isError && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={280} />}
      {data && (
        <>
          <dl className={classes.sums}>
            <div>
              <dt>{t('changes.before')}</dt>
              <dd>
                <Money value={data.before} />
              </dd>
            </div>
            <div>
              <dt>{t('changes.change')}</dt>
              <dd>
                <Difference minor={data.after.amount_minor - data.before.amount_minor} currency={data.after.currency} />
              </dd>
            </div>
            <div>
              <dt>{t('changes.after')}</dt>
              <dd>
                <Money value={data.after} />
              </dd>
            </div>
          </dl>
          {data.items.length === 0 ? (
            <EmptyState title={t('changes.none')} />
          ) : (
            <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('room.changes')}>
              <ChangeTable items={data.items} />
            </div>
          )}
        </>
      )}
    </Stack>
  );
}

const route = getRouteApi('/_shell/renewals');

function Difference({ minor, currency }: { minor: number; currency: string }) {
  return (
    <span>
      {minor > 0 && '+'}
      <Money value={{ amount_minor: minor, currency }} />
    </span>
  );
}

function ChangeTable({ items }: { items: readonly ForecastChange[] }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const panel = usePanel();
  return (
    <table className={classes.plain}>
      <thead>
        <tr>
          <th>{t('column.account')}</th>
          <th>{t('column.due')}</th>
          <th data-right>{t('changes.before')}</th>
          <th data-right>{t('changes.after')}</th>
          <th data-right>{t('changes.change')}</th>
          <th>{t('changes.why')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <td>
              <button
                type="button"
                className={classes.cardTitle}
                style={plainButton}
                onClick={() => panel.open(item.id)}
              >
                {item.account.name}
              </button>
              <Text fz="xs" c="dimmed">
                {item.owner_name}
              </Text>
            </td>
            <td data-nowrap>{format.dayShort(item.due_day)}</td>
            <td data-right>
              <Money value={item.before} />
            </td>
            <td data-right>
              <Money value={item.after} />
            </td>
            <td data-right>
              <Difference minor={item.change.amount_minor} currency={item.change.currency} />
            </td>
            <td>
              <Why item={item} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const plainButton = { background: 'none', border: 0, padding: 0, cursor: 'pointer', color: 'inherit', width: 'auto' };

function Why({ item }: { item: ForecastChange }) {
  const { t } = useTranslation('renewals');
  const language = useLanguage();
  const format = useFormat();
  return (
    <>
      {item.words[language]}
      {item.category_before !== item.category_after && item.category_before && item.category_after && (
        <Text fz="xs" component="div">
          <CategoryBadge category={item.category_before} /> → <CategoryBadge category={item.category_after} />
        </Text>
      )}
      {item.people.map(({ at, author, why }) => (
        <Text key={at + author} fz="xs" c="dimmed">
          {t('changes.person', { author, at: format.instant(at) })}
          {why && ` — ${why}`}
        </Text>
      ))}
    </>
  );
}
