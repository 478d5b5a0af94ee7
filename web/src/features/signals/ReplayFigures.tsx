import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../components/InfoTip';
import { useFormat } from '../../lib/viewer';
import type { Replay, ReplayResult } from './types';
import classes from './Signals.module.css';

interface ReplayFiguresProps {
  result: ReplayResult;
  published: ReplayResult | null;
  /** What alerts are judged by: a risk by churns, an opportunity by expansions. */
  outcome: Replay['outcome'];
}

/** How often it spoke, how often rightly and how early, what it missed, and the work it makes. */
export function ReplayFigures({ result, published, outcome }: ReplayFiguresProps) {
  const { t } = useTranslation('signals');
  const format = useFormat();
  const share = (value: ReplayResult['precision']) =>
    value === null
      ? undefined
      : t('replay.share', {
          value: format.percent(value.value, 0),
          low: format.percent(value.low, 0),
          high: format.percent(value.high, 0),
        });
  const { lead_days: lead, hours_per_person_week: hours } = result;
  const was = (read: (of: ReplayResult) => string) =>
    published ? t('replay.was', { value: read(published) }) : undefined;
  const number = (value: number) => format.number(value);
  return (
    <dl className={classes.judged}>
      <Item
        name={t('replay.firings')}
        value={number(result.firings)}
        below={[t('replay.onAccounts', { formatted: number(result.accounts) }), was(({ firings }) => number(firings))]}
      />
      <Item
        name={t(`judged.${outcome}.caught`)}
        tip={t(`judged.${outcome}.caughtHelp`)}
        value={t('replay.ofChurns', { caught: number(result.caught), churns: number(result.churns) })}
        below={[share(result.recall), was(({ caught }) => number(caught))]}
      />
      <Item
        name={t('replay.lead')}
        tip={t(`judged.${outcome}.leadHelp`)}
        value={lead ? t('replay.leadDays', { formatted: format.number(lead.median, 0) }) : '–'}
        below={[
          lead &&
            t('replay.leadRange', {
              low: format.number(lead.lower_quartile, 0),
              high: format.number(lead.upper_quartile, 0),
            }),
          was(({ lead_days }) =>
            lead_days ? t('replay.leadDays', { formatted: format.number(lead_days.median, 0) }) : '–',
          ),
        ]}
      />
      <Item
        name={t(`judged.${outcome}.missed`)}
        value={number(result.missed)}
        below={[was(({ missed }) => number(missed))]}
      />
      <Item
        name={t('replay.falseAlarms')}
        tip={t(`judged.${outcome}.falseAlarmsHelp`)}
        value={number(result.false_alarms)}
        below={[
          result.undecided > 0 && t('replay.undecided', { formatted: number(result.undecided) }),
          was(({ false_alarms }) => number(false_alarms)),
        ]}
      />
      <Item
        name={t('replay.precision')}
        tip={t(`judged.${outcome}.precisionHelp`)}
        value={result.precision ? format.percent(result.precision.value, 0) : '–'}
        below={[
          result.precision &&
            t('replay.range', {
              low: format.percent(result.precision.low, 0),
              high: format.percent(result.precision.high, 0),
            }),
          result.base_rate && t('replay.blind', { value: format.percent(result.base_rate.value, 1) }),
          was(({ precision }) => (precision ? format.percent(precision.value, 0) : '–')),
        ]}
      />
      <Item
        name={t('replay.hours')}
        tip={t('replay.hoursHelp')}
        value={t('replay.hoursValue', { formatted: format.number(hours.mean, 1) })}
        below={[
          t('replay.peak', { formatted: format.number(hours.peak, 1) }),
          was(({ hours_per_person_week }) =>
            t('replay.hoursValue', { formatted: format.number(hours_per_person_week.mean, 1) }),
          ),
        ]}
      />
      <Item
        name={t('replay.calls')}
        value={format.number(result.calls_per_person_week.mean, 1)}
        below={[was(({ calls_per_person_week }) => format.number(calls_per_person_week.mean, 1))]}
      />
    </dl>
  );
}

interface ItemProps {
  name: string;
  tip?: string;
  value: ReactNode;
  /** What has nothing to say is left out. */
  below: (ReactNode | null | false | undefined)[];
}

function Item({ name, tip, value, below }: ItemProps) {
  return (
    <div>
      <dt>
        {name} {tip && <InfoTip about={name}>{tip}</InfoTip>}
      </dt>
      <dd>
        {value}
        {below.map((line, index) => line && <small key={index}>{line}</small>)}
      </dd>
    </div>
  );
}
