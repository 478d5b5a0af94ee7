import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { PeriodChoice, usePeriod } from '../PeriodChoice';
import { comparisonPage, comparisonQuery, rulesQuery } from '../revenue';
import classes from '../Revenue.module.css';
import { RevenueFrame } from '../RevenueFrame';
import { RulesSelect } from '../RulesSelect';
import type { RulesList } from '../types';
import { useBasis } from '../use-basis';
import { AccountDifferences } from './AccountDifferences';
import { comparedKey, comparedKeys, farthest, widest } from './compared';
import { KindsTable } from './KindsTable';
import { MonthsTable } from './MonthsTable';
import { SwitchTable } from './SwitchTable';

const route = getRouteApi('/_shell/revenue/rules');

/** Two ways of counting side by side, and what makes their figures differ: by kind, month, customer and contract. */
export function RulesPage() {
  const { t } = useTranslation('revenue');
  const rules = useQuery(rulesQuery);
  return (
    <RevenueFrame title={t('rules.title')} subtitle={t('rules.intro')}>
      {rules.isPending && <Skeleton height={420} />}
      {rules.isError && <ErrorState error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.data && <Compared list={rules.data} />}
    </RevenueFrame>
  );
}

function Compared({ list }: { list: RulesList }) {
  const { t } = useTranslation('revenue');
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const period = usePeriod(search);
  const basis = useBasis(undefined);
  const [limit, setLimit] = useState(comparisonPage);
  const { asOf, fiscalStart } = basis;
  const setOf = (key: string | undefined) => list.items.find((item) => item.key === key);
  const left = setOf(search.left) ?? list.items.find(({ is_default }) => is_default) ?? list.items[0];
  const right = setOf(search.right) ?? (left && farthest(left, list.items));
  const { from, to, grain } = period;
  const comparison = useQuery({
    ...comparisonQuery(
      { asOf, fiscalStart },
      { left: left?.key ?? '', right: right?.key ?? '', from, to, grain },
      limit,
    ),
    enabled: left !== undefined && right !== undefined,
  });
  if (!left || !right) return <EmptyState title={t('rules.onlyOne')} />;
  const choose = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const { data } = comparison;
  const kind = data && (comparedKeys.find((key) => key === search.kind) ?? widest(data.months));
  return (
    <Stack gap="lg">
      <div className={classes.choices} style={{ marginBottom: 0 }}>
        <RulesSelect label={t('rules.left')} value={left.key} onChange={(key) => choose({ left: key })} />
        <RulesSelect
          label={t('rules.right')}
          value={right.key}
          onChange={(key) => choose({ right: key ?? left.key })}
        />
        <PeriodChoice period={period} onChange={choose} />
      </div>
      <SwitchTable list={list} left={left} right={right} />
      {comparison.isPending && <Skeleton height={360} />}
      {comparison.isError && <ErrorState error={comparison.error} onRetry={() => void comparison.refetch()} />}
      {data && data.total === 0 && left.key !== right.key && (
        <EmptyState title={t('rules.same')}>{t('rules.sameHelp')}</EmptyState>
      )}
      {data && kind && data.total > 0 && (
        <Stack gap="lg" style={{ opacity: comparison.isPlaceholderData ? 0.6 : 1 }}>
          <div className={classes.pair} style={{ marginBottom: 0 }}>
            <KindsTable comparison={data} chosen={kind} onChoose={(key) => choose({ kind: comparedKey(key) })} />
            <MonthsTable comparison={data} kind={kind} grain={grain} />
          </div>
          <AccountDifferences
            comparison={data}
            kind={kind}
            isFetching={comparison.isFetching}
            onMore={() => setLimit(limit + comparisonPage)}
          />
        </Stack>
      )}
    </Stack>
  );
}
