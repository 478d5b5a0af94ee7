import { Button, Group, Indicator, Select, Switch, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconFilter } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { completeCondition, countRules, emptyCondition, type FilterField } from '../../components/filter/condition';
import { FilterBuilder } from '../../components/filter/FilterBuilder';
import { LiveDot } from '../../components/LiveDot';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { SearchInput } from '../../components/SearchInput';
import { SidePanel } from '../../components/SidePanel';
import { useAsOf } from '../../lib/as-of';
import { collector } from '../../lib/live/collect';
import { useLive } from '../../lib/live/use-live';
import { useLanguage, useViewer } from '../../lib/viewer';
import { Board } from './Board';
import { Books } from './Books';
import { Changes } from './Changes';
import { Opportunities } from './Opportunities';
import { windowOf } from './period';
import { Rates } from './Rates';
import { PanelTitle, RenewalPanel } from './RenewalPanel';
import classes from './Renewals.module.css';
import { RenewalList } from './RenewalList';
import { exportHref, fieldsQuery, type Question } from './requests';
import { periods, rooms } from './search';
import { StoredViews } from './StoredViews';

const route = getRouteApi('/_shell/renewals');

/** What comes up for renewal: as a list, as a board, what changed, where customers could grow, whose book it is, and rates. */
export function RenewalsPage() {
  const { t } = useTranslation('renewals');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { asOf } = useAsOf();
  const room = search.room ?? 'list';
  const question = useQuestion();
  useLiveRenewals(asOf === undefined);
  const tabs = useRef<HTMLElement>(null);
  // On a phone the room that is shown may lie beyond the edge of the row.
  useEffect(() => {
    tabs.current?.querySelector('[aria-current=true]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [room]);
  const isFiltered = room === 'list' || room === 'board';
  return (
    <Page fill={room === 'list' || room === 'board'}>
      <PageHeader
        title={t('title')}
        subtitle={t(`room.${room}Help`)}
        actions={
          <>
            {asOf === undefined && <LiveDot />}
            {/* The chart of the rates has a file of its own. */}
            {room !== 'rates' && (
              <Button
                size="xs"
                variant="default"
                component="a"
                href={exportHref(question)}
                download
                leftSection={<IconDownload size={15} stroke={1.6} />}
              >
                {t('export')}
              </Button>
            )}
          </>
        }
      />
      <div className={classes.head}>
        <nav ref={tabs} className={classes.rooms} aria-label={t('room.label')}>
          {rooms.map((each) => (
            <UnstyledButton
              key={each}
              className={classes.room}
              aria-current={each === room}
              onClick={() =>
                void navigate({
                  search: (before) => ({ ...before, room: each === 'list' ? undefined : each, panel: undefined }),
                })
              }
            >
              {t(`room.${each}`)}
            </UnstyledButton>
          ))}
        </nav>
        {isFiltered && <StoredViews />}
      </div>
      {isFiltered && <Narrowing />}
      {room === 'list' && <RenewalList question={question} />}
      {room === 'board' && <Board question={question} />}
      {room === 'changes' && <Changes question={question} />}
      {room === 'opportunities' && <Opportunities />}
      {room === 'books' && <Books />}
      {room === 'rates' && <Rates />}
      <SidePanel title={(id) => <PanelTitle id={id} />}>{(id) => <RenewalPanel key={id} id={id} />}</SidePanel>
    </Page>
  );
}

/** The address as a question to the server. */
function useQuestion(): Question {
  const { period, q, mine, sort, filter } = route.useSearch();
  const { asOf } = useAsOf();
  const { bookDay, fiscalYearStartMonth } = useViewer();
  const fields = useFilterFields();
  return useMemo(() => {
    const complete = filter && fields.length > 0 ? completeCondition(filter, fields) : filter;
    return {
      ...windowOf(period, bookDay, fiscalYearStartMonth),
      q,
      sort,
      asOf,
      mine: mine === true,
      filter: complete && complete.rules.length > 0 ? complete : undefined,
    };
  }, [period, q, mine, sort, filter, asOf, bookDay, fiscalYearStartMonth, fields]);
}

function useFilterFields(): readonly FilterField[] {
  const language = useLanguage();
  const { reportingCurrency } = useViewer();
  const { data } = useQuery(fieldsQuery);
  return useMemo(
    () =>
      (data ?? []).map((field) => ({
        name: field.key,
        label: field.name[language],
        type: field.type,
        ...(field.choices.length > 0 && {
          choices: field.choices.map(({ value, name }) => ({ value, label: name[language] })),
        }),
        ...(field.type === 'money' && { currency: reportingCurrency }),
      })),
    [data, language, reportingCurrency],
  );
}

/** Which of them: days, whose, words, and the filter that unfolds below. */
function Narrowing() {
  const { t } = useTranslation('renewals');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const fields = useFilterFields();
  const [opened, { toggle }] = useDisclosure(false);
  const change = useCallback(
    (next: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  return (
    <Group gap="sm" mb={12}>
      <SearchInput value={search.q} onChange={(q) => change({ q })} label={t('search')} width_px={220} />
      <Select
        size="xs"
        w={190}
        aria-label={t('period.label')}
        allowDeselect={false}
        data={[
          { value: 'standard', label: t('period.standard') },
          ...periods.map((period) => ({ value: period, label: t(`period.${period}`) })),
        ]}
        value={search.period ?? 'standard'}
        onChange={(period) => change({ period: periods.find((each) => each === period) })}
      />
      <Indicator label={countRules(search.filter)} size={16} disabled={countRules(search.filter) === 0} zIndex={4}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFilter size={15} stroke={1.6} />}
          aria-expanded={opened}
          onClick={toggle}
        >
          {t('filter')}
        </Button>
      </Indicator>
      <Switch
        size="xs"
        label={t('mine')}
        checked={search.mine === true}
        onChange={(event) => change({ mine: event.currentTarget.checked || undefined })}
      />
      {opened && (
        <div className={classes.filter}>
          <FilterBuilder
            fields={fields}
            value={search.filter ?? emptyCondition}
            onChange={(filter) => change({ filter: filter.rules.length > 0 ? filter : undefined })}
          />
        </div>
      )}
    </Group>
  );
}

const pause_ms = 1000;

/** Reads what is shown anew after renewals, or many accounts, changed. */
function useLiveRenewals(enabled: boolean) {
  const client = useQueryClient();
  const soon = useMemo(
    () => collector<string>(pause_ms, () => void client.invalidateQueries({ queryKey: ['renewals'] })),
    [client],
  );
  useLive({ renewals: () => soon.add(['all']), onGap: () => soon.add(['all']) }, enabled);
}
