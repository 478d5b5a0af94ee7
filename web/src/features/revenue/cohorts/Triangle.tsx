import { Button, Text, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { download, toCsv } from '../../../components/chart/csv';
import type { Day } from '../../../lib/format/date';
import { useFormat } from '../../../lib/viewer';
import statistics from '../statistics/Statistics.module.css';
import type { Cohort, CohortCell, CohortIndicators, Cohorts } from '../statistics/types';
import { useMoney } from '../use-money';
import classes from './Cohorts.module.css';
import { tintOf } from './tint';

/** The share that is left of each cohort, age by age, with what shows early whether they stay. */
export function Triangle({ data }: { data: Cohorts }) {
  const { t } = useTranslation('cohorts');
  const format = useFormat();
  const periodName = useCohortName(data.grain);
  const ages = Math.max(...data.cohorts.map(({ cells }) => cells.length));
  const saveCsv = () =>
    download(
      new Blob([csvOf(data, t('csv.cohort'))], { type: 'text/csv;charset=utf-8' }),
      `cohorts-${data.measure}.csv`,
    );
  return (
    <section>
      <Indicators indicators={data.indicators} />
      <div className={classes.head}>
        <Text fz="sm" c="dimmed">
          {t(`explained.${data.measure}`)}
        </Text>
        <Button size="xs" variant="default" leftSection={<IconDownload size={15} stroke={1.6} />} onClick={saveCsv}>
          {t('csv.save')}
        </Button>
      </div>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('title')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('cohort')}</th>
              <th scope="col">{t('size')}</th>
              {Array.from({ length: ages }, (_, age) => (
                <th key={age} scope="col" title={t('afterAge', { count: age, unit: t(`unit.${data.grain}`) })}>
                  {age}
                </th>
              ))}
              <IndicatorHeads />
            </tr>
          </thead>
          <tbody>
            <tr data-together>
              <th scope="row">{t('together')}</th>
              <td>{format.number(data.cohorts.reduce((sum, { size }) => sum + size, 0))}</td>
              {data.together.map(({ age, share, cohorts }) => (
                <TogetherCell key={age} share={share} cohorts={cohorts} />
              ))}
              <IndicatorCells indicators={data.indicators} />
            </tr>
            {data.cohorts.map((cohort) => (
              <CohortRow key={cohort.begin} cohort={cohort} data={data} ages={ages} name={periodName(cohort.begin)} />
            ))}
          </tbody>
        </table>
      </div>
      <Text fz="xs" c="dimmed" mt={8}>
        {t('partial')} {data.recorded_from && `${t('recordedFrom', { day: format.day(data.recorded_from) })} `}
        {t('indicatorsHelp')}
      </Text>
    </section>
  );
}

function TogetherCell({ share, cohorts }: { share: number | null; cohorts: number }) {
  const { t } = useTranslation('cohorts');
  const format = useFormat();
  return <td title={t('ofCohorts', { count: cohorts })}>{format.percent(share, 0)}</td>;
}

interface CohortRowProps {
  cohort: Cohort;
  data: Cohorts;
  ages: number;
  name: string;
}

function CohortRow({ cohort, data, ages, name }: CohortRowProps) {
  const format = useFormat();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{format.number(cohort.size)}</td>
      {Array.from({ length: ages }, (_, age) => {
        const cell = cohort.cells[age];
        return cell ? <ShareCell key={age} cell={cell} data={data} name={name} /> : <td key={age} />;
      })}
      <IndicatorCells indicators={cohort.indicators} />
    </tr>
  );
}

function ShareCell({ cell, data, name }: { cell: CohortCell; data: Cohorts; name: string }) {
  const { t } = useTranslation('cohorts');
  const format = useFormat();
  const money = useMoney(data.currency);
  const amount = data.measure === 'usage' ? t('people', { count: cell.amount }) : `MRR ${money.exact(cell.amount)}`;
  const about = [
    `${name} · ${t('afterAge', { count: cell.age, unit: t(`unit.${data.grain}`) })}`,
    t('members', { count: cell.members }),
    amount,
    ...(cell.is_partial ? [t('soFar')] : []),
  ].join('\n');
  return (
    <td data-share data-partial={cell.is_partial || undefined} style={tintOf(cell.share)}>
      <Tooltip label={<span className={classes.lines}>{about}</span>} openDelay={150}>
        <span>{format.percent(cell.share, 0)}</span>
      </Tooltip>
    </td>
  );
}

const indicatorKeys = ['onboarded', 'onboardingDays', 'firstUse', 'active', 'people'] as const;

function IndicatorHeads() {
  const { t } = useTranslation('cohorts');
  return (
    <>
      {indicatorKeys.map((key, at) => (
        <th key={key} scope="col" data-indicator={at === 0 ? 'first' : ''}>
          {t(`indicator.${key}`)}
        </th>
      ))}
    </>
  );
}

function IndicatorCells({ indicators }: { indicators: CohortIndicators }) {
  const say = useIndicators();
  return (
    <>
      {indicatorKeys.map((key, at) => (
        <td key={key} data-indicator={at === 0 ? 'first' : ''}>
          {say(indicators)[key]}
        </td>
      ))}
    </>
  );
}

/** What shows early whether customers stay, of all of them. */
function Indicators({ indicators }: { indicators: CohortIndicators }) {
  const { t } = useTranslation('cohorts');
  const say = useIndicators();
  return (
    <dl className={statistics.indicators}>
      {indicatorKeys.map((key) => (
        <div key={key}>
          <dt>{t(`indicator.${key}`)}</dt>
          <dd>{say(indicators)[key]}</dd>
        </div>
      ))}
    </dl>
  );
}

function useIndicators() {
  const { t } = useTranslation('cohorts');
  const format = useFormat();
  const said = (value: number | null, say: (value: number) => string) => (value === null ? '—' : say(value));
  const days = (value: number) => t('days', { formatted: format.number(value) });
  const percent = (value: number) => format.percent(value, 0);
  return (indicators: CohortIndicators): Record<(typeof indicatorKeys)[number], string> => ({
    onboarded: said(indicators.onboarded_share, percent),
    onboardingDays: said(indicators.onboarding_days, days),
    firstUse: said(indicators.first_use_days, days),
    active: said(indicators.active_share, percent),
    people: said(indicators.active_people, (value) => format.number(value)),
  });
}

function useCohortName(grain: Cohorts['grain']) {
  const { t } = useTranslation('cohorts');
  const format = useFormat();
  return (begin: Day) => {
    if (grain === 'quarter') return format.fiscalQuarter(begin);
    if (grain === 'month') return format.month(begin);
    return grain === 'week' ? format.day(begin) : t('fiscalYear', { year: begin.slice(0, 4) });
  };
}

function csvOf(data: Cohorts, cohortHeading: string): string {
  const rows = data.cohorts.flatMap(({ begin, size, cells }) =>
    cells.map(({ age, period, members, amount, share }) => [begin, size, age, period, members, amount, share]),
  );
  return toCsv([[cohortHeading, 'size', 'age', 'period', 'members', 'amount_minor', 'share'], ...rows]);
}
