import { Alert, Select, Skeleton, Stack, Text } from '@mantine/core';
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
import { survivalQuery } from '../statistics/requests';
import { horizons } from '../statistics/search';
import type { Survival } from '../statistics/types';
import { useBasis } from '../use-basis';
import { Curves } from './Curves';
import { GroupsTable } from './GroupsTable';
import { LeavingByAge } from './LeavingByAge';

const route = getRouteApi('/_shell/revenue/survival');
const usualHorizon = 'usual';

/** How long customers stay, group by group, with what the data allow to say about the future. */
export function SurvivalPage() {
  const { t } = useTranslation('survival');
  const { by, since, horizon, rules } = route.useSearch();
  const survival = useQuery(
    survivalQuery(useBasis(rules), { by, since, horizon_months: horizon ? Number(horizon) : undefined }),
  );
  const { data } = survival;
  const isEmpty = data !== undefined && data.groups.every(({ customers }) => customers === 0);
  return (
    <RevenueFrame title={t('title')} subtitle={t('intro')}>
      <Choices data={data} />
      {survival.isPending && <Skeleton height={420} />}
      {survival.isError && <ErrorState error={survival.error} onRetry={() => void survival.refetch()} />}
      {isEmpty && <NoContracts />}
      {data && !isEmpty && (
        <Stack
          gap="md"
          aria-busy={survival.isPlaceholderData}
          style={{ opacity: survival.isPlaceholderData ? 0.6 : 1 }}
        >
          <Verdict data={data} />
          <Curves data={data} />
          <GroupsTable data={data} />
          <LeavingByAge data={data} />
          <Notes data={data} />
        </Stack>
      )}
    </RevenueFrame>
  );
}

function Choices({ data }: { data: Survival | undefined }) {
  const { t } = useTranslation('survival');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <div className={classes.choices}>
      <DimensionSelect head={data} onChange={(by) => choose({ by })} />
      <Select
        w={{ base: '100%', sm: 140 }}
        size="xs"
        label={t('horizon')}
        allowDeselect={false}
        data={[
          { value: usualHorizon, label: t('usualHorizon') },
          ...horizons.map((months) => ({ value: months, label: t('months', { count: Number(months) }) })),
        ]}
        value={search.horizon ?? usualHorizon}
        onChange={(next) =>
          choose({ horizon: next === usualHorizon ? undefined : (next as (typeof horizons)[number]) })
        }
      />
      <RulesSelect value={search.rules} onChange={(rules) => choose({ rules })} label={t('rules')} />
    </div>
  );
}

/** Whether the groups differ, in words. */
function Verdict({ data }: { data: Survival }) {
  const language = useLanguage();
  const { t } = useTranslation('survival');
  if (data.overlapping)
    return (
      <Alert variant="default" icon={<IconInfoCircle size={16} />} py={6}>
        {t('overlapping')}
      </Alert>
    );
  if (!data.comparison) return null;
  return (
    <Text fz="sm" fw={data.comparison.is_significant ? 600 : 400}>
      {data.comparison.text[language]}
    </Text>
  );
}

function Notes({ data }: { data: Survival }) {
  const { t } = useTranslation('survival');
  const format = useFormat();
  return (
    <Text fz="xs" c="dimmed">
      {t('method')} {t('beginValue')}{' '}
      {data.more_groups > 0 && t('moreGroups', { formatted: format.number(data.more_groups) })}
    </Text>
  );
}
