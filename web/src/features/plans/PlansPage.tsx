import { Anchor, Button, Chip, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { IconPlus, IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type PlanLine, type PlanSums } from '../../api/plans';
import { DataTable } from '../../components/data-table/DataTable';
import type { Condition } from '../../components/filter/condition';
import { EmptyState } from '../../components/EmptyState';
import { NewPlanDialog } from '../../components/goals/NewPlanDialog';
import { Money } from '../../components/Money';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { SearchInput } from '../../components/SearchInput';
import { useFormat, useLanguage, useMayEdit } from '../../lib/viewer';
import { usePlanColumns } from './columns';
import classes from './Plans.module.css';
import { fetchPlans, listKey, sumsQuery, type PlansQuestion } from './requests';
import { stateChoices } from './search';
import { useLivePlans } from './use-live-plans';

const route = getRouteApi('/_shell/plans');

/** All success plans: which need somebody, which wait for the customer, and which accounts have none. */
export function PlansPage() {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const mayEdit = useMayEdit();
  const navigate = useNavigate();
  const question = useQuestion();
  useLivePlans();
  const columns = usePlanColumns();
  const [creating, setCreating] = useState(false);
  const source = useMemo(
    () => ({
      queryKey: listKey(question),
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) => fetchPlans(question, window),
    }),
    [question],
  );
  const open = (id: number) => void navigate({ to: '/plans/$planId', params: { planId: String(id) } });
  return (
    <Page fill>
      <PageHeader
        title={t('title')}
        subtitle={t('intro')}
        actions={
          <>
            <Button variant="default" renderRoot={(props) => <Link to="/plans/templates" {...props} />}>
              {t('templates.title')}
            </Button>
            {mayEdit && (
              <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setCreating(true)}>
                {t('new')}
              </Button>
            )}
          </>
        }
      />
      <Filters question={question} />
      <DataTable
        id="plans"
        label={t('title')}
        columns={columns}
        source={source}
        toolbar={<Sums question={question} />}
        rowId={({ id }: PlanLine) => String(id)}
        rowLabel={(line: PlanLine) => `${line.account_name} ${wordsIn(line.name, language)}`}
        onOpen={({ id }) => open(id)}
        empty={
          <EmptyState
            icon={IconTargetArrow}
            title={t('empty')}
            action={mayEdit && <Button onClick={() => setCreating(true)}>{t('new')}</Button>}
          >
            {t('emptyHelp')}
          </EmptyState>
        }
      />
      <NewPlanDialog
        account={creating ? 'ask' : null}
        onClose={() => setCreating(false)}
        onCreated={({ id }) => open(id)}
      />
    </Page>
  );
}

/** The address as a question to the server. */
function useQuestion(): PlansQuestion {
  const { scope, state, status, no_next_step, late, unconfirmed, q } = route.useSearch();
  return useMemo(
    () => ({ scope: scope ?? 'all', state: state ?? 'living', status, no_next_step, late, unconfirmed, q }),
    [scope, state, status, no_next_step, late, unconfirmed, q],
  );
}

const flags = ['no_next_step', 'late', 'unconfirmed'] as const;

function Filters({ question }: { question: PlansQuestion }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  // The chips say how many there would be, so they count without each other.
  const whole = useQuery(
    sumsQuery({ ...question, no_next_step: undefined, late: undefined, unconfirmed: undefined, status: undefined }),
  );
  const change = (next: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <Group gap={10} mb={8}>
      <SegmentedControl
        size="xs"
        aria-label={t('scope.label')}
        data={[
          { value: 'all', label: t('scope.all') },
          { value: 'me', label: t('scope.me') },
        ]}
        value={question.scope}
        onChange={(scope) => change({ scope: scope === 'me' ? 'me' : undefined })}
      />
      <SearchInput value={search.q} onChange={(q) => change({ q })} label={t('search')} width_px={220} />
      <Select
        size="xs"
        w={150}
        aria-label={t('stateFilter.label')}
        allowDeselect={false}
        data={[
          { value: 'living', label: t('stateFilter.living') },
          ...stateChoices.map((state) => ({
            value: state,
            label: state === 'all' ? t('stateFilter.all') : t(`goals:state.${state}`),
          })),
        ]}
        value={search.state ?? 'living'}
        onChange={(state) => change({ state: stateChoices.find((each) => each === state) })}
      />
      {flags.map((flag) => (
        <Chip
          key={flag}
          size="xs"
          checked={search[flag] === true}
          onChange={(checked) => change({ [flag]: checked || undefined })}
        >
          {t(`flag.${flag}`)}
          {whole.data && (
            <Text span inherit c="dimmed" ml={6} className="tabular">
              {format.number(countOf(whole.data, flag))}
            </Text>
          )}
        </Chip>
      ))}
      <Chip
        size="xs"
        checked={search.status === 'concern'}
        onChange={(checked) => change({ status: checked ? 'concern' : undefined })}
      >
        {t('flag.concern')}
      </Chip>
    </Group>
  );
}

const countOf = (sums: PlanSums, flag: (typeof flags)[number]) => sums[flag];

function Sums({ question }: { question: PlansQuestion }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const { data: sums } = useQuery(sumsQuery(question));
  if (!sums) return <div style={{ height: 46 }} />;
  return (
    <dl className={classes.sums}>
      <div>
        <dt>{t('sums.plans')}</dt>
        <dd>
          {format.number(sums.plans)} · <Money value={sums.arr} />
        </dd>
      </div>
      <div>
        <dt>{t('sums.goals')}</dt>
        <dd>
          {t('sums.goalCounts', {
            open: format.number(sums.goals_open),
            behind: format.number(sums.goals_behind),
            achieved: format.number(sums.goals_achieved),
          })}
        </dd>
      </div>
      <div>
        <dt>{t('sums.value')}</dt>
        <dd>
          <Money value={sums.value} />
        </dd>
      </div>
      <div>
        <dt>{t('sums.without')}</dt>
        <dd>
          <Anchor inherit renderRoot={(props) => <Link to="/book" search={{ filter: withoutPlan }} {...props} />}>
            {t('sums.withoutCount', { count: sums.without_plan, formatted: format.number(sums.without_plan) })}
          </Anchor>{' '}
          <Money value={sums.without_plan_arr} />
        </dd>
      </div>
    </dl>
  );
}

/** As a filter of the book: the attribute is kept by the plans themselves. */
const withoutPlan: Condition = {
  combinator: 'or',
  not: false,
  rules: [
    { field: 'attribute.plan_state', operator: 'null', value: null },
    { field: 'attribute.plan_state', operator: 'in', value: ['closed'] },
  ],
};
