import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../../components/Money';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { FigureTip } from '../FigureTip';
import type { Executive, Retention } from '../types';
import { useFigureName } from '../use-figure-names';
import { useSignedMoney } from '../use-money';
import classes from './Executive.module.css';

/** The figures that are said first: how much, how much of it stays, how many customers, and what leaving costs. */
export function Headline({ data }: { data: Executive }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const language = useLanguage();
  const signed = useSignedMoney(data.currency);
  const { arr, currency, accounts, logo_churn_12, cost_of_churn } = data;
  const growth = arr.year_before > 0 ? arr.value / arr.year_before - 1 : null;
  return (
    <div className={classes.headline}>
      <Kpi figure="arr" label="ARR" value={<Money value={{ amount_minor: arr.value, currency }} />}>
        <span>{t('executive.overMonth', { change: signed.short(arr.value - arr.month_before) })}</span>
        <span>
          {t('executive.overYear', { change: signed.short(arr.value - arr.year_before) })}
          {growth !== null && ` (${growth >= 0 ? '+' : ''}${format.percent(growth)})`}
        </span>
      </Kpi>
      <RetentionKpi figure="nrr_12" retention={data.nrr} label="NRR" />
      <RetentionKpi figure="grr_12" retention={data.grr} label="GRR" />
      <Kpi figure="accounts_closing" label={t('executive.customers')} value={format.number(accounts)}>
        <span>
          {t('executive.logoChurn', { share: format.percent(logo_churn_12) })} <FigureTip figure="logo_churn_12" />
        </span>
      </Kpi>
      <div className={classes.kpi} data-words>
        <div className={classes.kpiLabel}>
          {t('executive.costOfChurn')} <FigureTip figure="cost_of_churn" />
        </div>
        <p className={classes.cost}>{cost_of_churn.text[language]}</p>
      </div>
    </div>
  );
}

function RetentionKpi({ figure, retention, label }: { figure: string; retention: Retention; label: string }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const { value, before, goal } = retention;
  const points = (difference: number) => t('executive.points', { change: format.change(difference * 100, 1) });
  return (
    <Kpi figure={figure} label={label} period={t('executive.over12')} value={format.percent(value)}>
      {goal !== null && (
        <span data-reached={value !== null && value >= goal}>
          {t('executive.goal', { goal: format.percent(goal) })}
          {value !== null && ` (${points(value - goal)})`}
        </span>
      )}
      {value !== null && before !== null && (
        <span>{t('executive.yearEarlier', { change: points(value - before) })}</span>
      )}
    </Kpi>
  );
}

interface KpiProps {
  figure: string;
  label: string;
  period?: string;
  value: ReactNode;
  children: ReactNode;
}

function Kpi({ figure, label, period, value, children }: KpiProps) {
  const name = useFigureName();
  return (
    <div className={classes.kpi}>
      <div className={classes.kpiLabel}>
        <span title={name(figure)}>{label}</span>
        {period && (
          <Text span fz="xs" c="dimmed">
            {period}
          </Text>
        )}
        <FigureTip figure={figure} about={label} />
      </div>
      <div className={classes.kpiValue}>{value}</div>
      <div className={classes.kpiNotes}>{children}</div>
    </div>
  );
}
