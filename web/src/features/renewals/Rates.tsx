import { Group, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { InfoTip } from '../../components/InfoTip';
import { Money } from '../../components/Money';
import { useAsOf } from '../../lib/as-of';
import { useFormat, useViewer } from '../../lib/viewer';
import { asRate, countRate, firstDay, type Grain, onTimeRate, type Rate, ratesByPeriod, renewalRate } from './rates';
import { RatesChart } from './RatesChart';
import classes from './Renewals.module.css';
import { ratesQuery } from './requests';
import { spans } from './search';

const route = getRouteApi('/_shell/renewals');

/** Of what fell due, how much was renewed, on time and late: each renewal up to what was due, so no rate exceeds 1. */
export function Rates() {
  const { t } = useTranslation('renewals');
  const { grain = 'month', span = 'year' } = route.useSearch();
  const { asOf, day } = useAsOf();
  const { fiscalYearStartMonth } = useViewer();
  const from = firstDay(span, grain, day, fiscalYearStartMonth);
  const { data, isError, error, refetch } = useQuery(ratesQuery(from, asOf));
  const rates = useMemo(
    () => data && ratesByPeriod(data, grain, fiscalYearStartMonth),
    [data, grain, fiscalYearStartMonth],
  );
  return (
    <Stack gap="md">
      <RateChoices />
      {isError && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={420} />}
      {data &&
        rates &&
        (data.total.due === 0 ? (
          <EmptyState title={t('rates.none')}>{t('rates.noneHelp')}</EmptyState>
        ) : (
          <>
            <RatesChart
              rates={rates}
              grain={grain}
              currency={data.total.due_amount.currency}
              header={<Headline total={asRate(data.from, data.total)} />}
            />
            <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('room.rates')}>
              <RateTable
                rates={rates}
                total={asRate(data.from, data.total)}
                grain={grain}
                currency={data.total.due_amount.currency}
              />
            </div>
            <Text fz="xs" c="dimmed">
              {t('rates.note')}
            </Text>
          </>
        ))}
    </Stack>
  );
}

function RateChoices() {
  const { t } = useTranslation('renewals');
  const { grain = 'month', span = 'year' } = route.useSearch();
  const navigate = route.useNavigate();
  const grains = [
    { value: 'month', label: t('rates.month') },
    { value: 'quarter', label: t('rates.quarter') },
  ] as const;
  return (
    <Group gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t('rates.by')}
        data={[...grains]}
        value={grain}
        onChange={(value) =>
          void navigate({
            search: (before) => ({ ...before, grain: value === 'quarter' ? value : undefined }),
            replace: true,
          })
        }
      />
      <Select
        size="xs"
        w={160}
        aria-label={t('period.label')}
        allowDeselect={false}
        data={spans.map((each) => ({ value: each, label: t(`rates.${each}`) }))}
        value={span}
        onChange={(value) =>
          void navigate({
            search: (before) => ({
              ...before,
              span: value === 'year' ? undefined : spans.find((each) => each === value),
            }),
            replace: true,
          })
        }
      />
    </Group>
  );
}

function Headline({ total }: { total: Rate }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const figures = [
    { key: 'renewalRate', value: renewalRate(total) },
    { key: 'onTimeRate', value: onTimeRate(total) },
    { key: 'countRate', value: countRate(total) },
  ] as const;
  return (
    <dl className={classes.sums} data-flush>
      {figures.map(({ key, value }) => (
        <div key={key}>
          <dt>{t(`rates.${key}`)}</dt>
          <dd>{format.percent(value, 1)}</dd>
        </div>
      ))}
    </dl>
  );
}

interface RateTableProps {
  rates: readonly Rate[];
  total: Rate;
  grain: Grain;
  currency: string;
}

function RateTable({ rates, total, grain, currency }: RateTableProps) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const nameOf = useCallback(
    ({ period }: Rate) => (grain === 'month' ? format.month(period) : format.fiscalQuarter(period)),
    [format, grain],
  );
  return (
    <table className={classes.plain}>
      <thead>
        <tr>
          <th>{t(`rates.${grain}`)}</th>
          <th data-right>{t('rates.due')}</th>
          <th data-right>{t('rates.onTime')}</th>
          <th data-right>{t('rates.late')}</th>
          <th data-right>{t('rates.lost')}</th>
          <HeadWithHelp name="renewalRate" />
          <HeadWithHelp name="onTimeRate" />
          <HeadWithHelp name="countRate" />
          <HeadWithHelp name="expanded" />
        </tr>
      </thead>
      <tbody>
        {rates.toReversed().map((rate) => (
          <RateLine key={rate.period} name={nameOf(rate)} rate={rate} currency={currency} />
        ))}
      </tbody>
      <tfoot>
        <RateLine name={t('rates.total')} rate={total} currency={currency} />
      </tfoot>
    </table>
  );
}

function HeadWithHelp({ name }: { name: 'renewalRate' | 'onTimeRate' | 'countRate' | 'expanded' }) {
  const { t } = useTranslation('renewals');
  return (
    <th data-right>
      {t(`rates.${name}`)} <InfoTip about={t(`rates.${name}`)}>{t(`rates.${name}Help`)}</InfoTip>
    </th>
  );
}

function RateLine({ name, rate, currency }: { name: string; rate: Rate; currency: string }) {
  const format = useFormat();
  const amounts = [
    { count: rate.due, minor: rate.due_minor },
    { count: rate.onTime, minor: rate.onTime_minor },
    { count: rate.late, minor: rate.late_minor },
    { count: rate.lost, minor: rate.lost_minor },
  ];
  return (
    <tr>
      <th scope="row" data-nowrap>
        {name}
      </th>
      {amounts.map(({ count, minor }, index) => (
        <AmountCell key={index} count={count} minor={minor} currency={currency} />
      ))}
      {[renewalRate(rate), onTimeRate(rate), countRate(rate)].map((share, index) => (
        <td key={index} data-right>
          {share === null ? '–' : format.percent(share, 1)}
        </td>
      ))}
      <td data-right>{rate.due === 0 ? '–' : <Money value={{ amount_minor: rate.expanded_minor, currency }} />}</td>
    </tr>
  );
}

/** A renewal that shrank lies with its amount in two columns, and with its count in one. */
function AmountCell({ count, minor, currency }: { count: number; minor: number; currency: string }) {
  const { t } = useTranslation('renewals');
  if (count === 0 && minor === 0) return <td data-right>–</td>;
  return (
    <td data-right>
      <Money value={{ amount_minor: minor, currency }} />
      {count > 0 && <span className={classes.note}>{t('sum.count', { count })}</span>}
    </td>
  );
}
