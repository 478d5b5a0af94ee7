import { Button, Group, SegmentedControl, Skeleton } from '@mantine/core';
import { IconDatabaseImport, IconUserOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Figure } from '../../components/Figure';
import { LevelStrip, type LevelTotals } from '../../components/LevelStrip';
import { Money } from '../../components/Money';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useAsOf } from '../../lib/as-of';
import { asLevel } from '../../lib/level';
import { useFormat, useMayEdit, useViewer } from '../../lib/viewer';
import { atLevel } from './book-address';
import { Freshness } from './Freshness';
import { SectionSkeleton } from './HomeSection';
import classes from './Home.module.css';
import { homeQuery, type Home } from './home';
import { Movers } from './Movers';
import { Renewals } from './Renewals';
import { SilentAccounts } from './SilentAccounts';
import { SilentSources } from './SilentSources';
import { TopCalls } from './TopCalls';

const route = getRouteApi('/_shell/');

/** The first page of the day: who moved, whose renewal comes, who went silent, and how fresh the data are. */
export function HomePage() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { userId, name } = useViewer();
  const { asOf, day } = useAsOf();
  const { whose = 'all' } = route.useSearch();
  const navigate = route.useNavigate();
  const mine = whose === 'mine';
  const home = useQuery(homeQuery(asOf, mine));
  return (
    <Page>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle', { day: format.day(day) })}
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t('whose.label')}
            value={whose}
            onChange={(next) =>
              void navigate({ search: (before) => ({ ...before, whose: next === 'mine' ? 'mine' : undefined }) })
            }
            data={[
              { value: 'all', label: t('whose.all') },
              { value: 'mine', label: t('whose.mine') },
            ]}
          />
        }
      />
      <SilentSources />
      {home.isError && <ErrorState error={home.error} onRetry={() => void home.refetch()} />}
      {home.isPending && <HomeSkeleton />}
      {home.data && home.data.totals.accounts === 0 && <HomeEmpty mine={mine} name={name} />}
      {home.data && home.data.totals.accounts > 0 && (
        <HomeContent home={home.data} mineOf={mine ? userId : undefined} />
      )}
    </Page>
  );
}

function HomeContent({ home, mineOf }: { home: Home; mineOf: number | undefined }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { totals } = home;
  const levels: LevelTotals = Object.fromEntries(
    Object.entries(totals.levels).map(([key, total]) => [asLevel(key), total]),
  );
  const endangered = ['at_risk', 'critical'] as const;
  const endangered_minor = endangered.reduce((sum, level) => sum + (levels[level]?.arr?.amount_minor ?? 0), 0);
  return (
    <>
      <div className={classes.figures}>
        <Figure
          label={t('figure.accounts')}
          value={t('figure.accountsValue', { formatted: format.number(totals.accounts) })}
        />
        <Figure label={t('figure.arr')} value={<Money value={totals.arr} />} />
        <Figure
          label={t('figure.endangered')}
          value={<Money value={{ ...totals.arr, amount_minor: endangered_minor }} />}
          unit={totals.arr.amount_minor > 0 ? format.percent(endangered_minor / totals.arr.amount_minor, 0) : undefined}
        />
        <Figure
          label={t('figure.renewals', { count: home.renewal_horizon_days })}
          value={<Money value={home.renewals_arr} />}
          unit={t('figure.renewalsUnit', { count: home.renewals_total, formatted: format.number(home.renewals_total) })}
        />
      </div>
      <LevelStrip
        totals={levels}
        renderLink={(level, className, content) => (
          <Link to="/book" search={atLevel(level, mineOf)} className={className}>
            {content}
          </Link>
        )}
      />
      <div className={classes.grid}>
        <TopCalls mine={mineOf !== undefined} />
        <Movers direction="down" accounts={home.movers_down} total={home.movers_down_total} mineOf={mineOf} />
        <Movers direction="up" accounts={home.movers_up} total={home.movers_up_total} mineOf={mineOf} />
        <Renewals home={home} mineOf={mineOf} />
        <SilentAccounts home={home} mineOf={mineOf} />
        <Freshness sources={home.freshness} />
      </div>
    </>
  );
}

/** No accounts: none at all, or none of mine. */
function HomeEmpty({ mine, name }: { mine: boolean; name: string }) {
  const { t } = useTranslation('home');
  const mayEdit = useMayEdit();
  if (mine) {
    return (
      <EmptyState
        icon={IconUserOff}
        title={t('empty.noneMine', { name })}
        action={
          <Group gap={8}>
            <Button variant="default" renderRoot={(props) => <Link to="/book" {...props} />}>
              {t('empty.toBook')}
            </Button>
          </Group>
        }
      >
        {t('empty.noneMineDetail')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconDatabaseImport}
      title={t('empty.noData')}
      action={mayEdit && <Button renderRoot={(props) => <Link to="/import" {...props} />}>{t('empty.import')}</Button>}
    >
      {t('empty.noDataDetail')}
    </EmptyState>
  );
}

function HomeSkeleton() {
  return (
    <>
      <Skeleton height={56} mb={16} />
      <Skeleton height={42} mb={24} />
      <div className={classes.grid}>
        <SectionSkeleton />
        <SectionSkeleton />
      </div>
    </>
  );
}
