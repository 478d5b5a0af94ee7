import { Alert, SegmentedControl, Select, Skeleton, Stack } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { NoContracts } from '../NoContracts';
import classes from '../Revenue.module.css';
import { RevenueFrame } from '../RevenueFrame';
import { RulesSelect } from '../RulesSelect';
import { DimensionSelect } from '../statistics/DimensionSelect';
import { cohortsQuery } from '../statistics/requests';
import { cohortGrains, measures, type CohortGrain, type Cohorts, type Measure } from '../statistics/types';
import { useBasis } from '../use-basis';
import { Triangle } from './Triangle';

const route = getRouteApi('/_shell/revenue/cohorts');

/** What became of the customers that began in the same period: customers, revenue, usage. */
export function CohortsPage() {
  const { t } = useTranslation('cohorts');
  const format = useFormat();
  const { measure = 'logos', grain = 'quarter', by, value, rules } = route.useSearch();
  const cohorts = useQuery(cohortsQuery(useBasis(rules), { measure, grain, by, value }));
  const { data } = cohorts;
  return (
    <RevenueFrame title={t('title')} subtitle={t('intro')}>
      <Choices data={data} />
      {cohorts.isPending && <Skeleton height={420} />}
      {cohorts.isError && <ErrorState error={cohorts.error} onRetry={() => void cohorts.refetch()} />}
      {data && data.cohorts.length === 0 && value === undefined && <NoContracts />}
      {data && data.cohorts.length > 0 && (
        <Stack gap="md" aria-busy={cohorts.isPlaceholderData} style={{ opacity: cohorts.isPlaceholderData ? 0.6 : 1 }}>
          <Triangle data={data} />
          {data.earlier_cohorts > 0 && (
            <Alert variant="default" icon={<IconInfoCircle size={16} />} py={6}>
              {t('earlier', { formatted: format.number(data.earlier_cohorts) })}
            </Alert>
          )}
        </Stack>
      )}
    </RevenueFrame>
  );
}

// A select takes no empty value, and "without one" is an empty text.
const mark = '=';

function Choices({ data }: { data: Cohorts | undefined }) {
  const { t } = useTranslation('cohorts');
  const language = useLanguage();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <div className={classes.choices}>
      <SegmentedControl
        size="xs"
        data-wide
        aria-label={t('measure.label')}
        data={measures.map((key) => ({ value: key, label: t(`measure.${key}`) }))}
        value={search.measure ?? 'logos'}
        onChange={(next) => choose({ measure: next === 'logos' ? undefined : (next as Measure) })}
      />
      <Select
        w={{ base: '100%', sm: 120 }}
        size="xs"
        label={t('grain.label')}
        allowDeselect={false}
        data={cohortGrains.map((key) => ({ value: key, label: t(`grain.${key}`) }))}
        value={search.grain ?? 'quarter'}
        onChange={(next) => choose({ grain: next === 'quarter' ? undefined : (next as CohortGrain) })}
      />
      <DimensionSelect head={data} onChange={(by) => choose({ by, value: undefined })} />
      {data && data.by !== 'none' && (
        <Select
          w={{ base: '100%', sm: 190 }}
          size="xs"
          label={t('value')}
          placeholder={t('allValues')}
          clearable
          searchable
          data={data.values.map(({ value, name }) => ({ value: mark + value, label: name[language] }))}
          value={search.value === undefined ? null : mark + search.value}
          onChange={(next) => choose({ value: next === null ? undefined : next.slice(mark.length) })}
        />
      )}
      <RulesSelect value={search.rules} onChange={(rules) => choose({ rules })} label={t('rules')} />
    </div>
  );
}
