import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../../components/InfoTip';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { EstimateText } from '../statistics/EstimateText';
import type { UnitEconomics } from '../statistics/types';
import { useMoney } from '../use-money';
import classes from './Economics.module.css';

/** From what a customer brings to what it is worth against what it cost. */
export function Headline({ data }: { data: UnitEconomics }) {
  const { t } = useTranslation('economics');
  const format = useFormat();
  const money = useMoney(data.currency);
  const { total, settings, window } = data;
  const amount = (value: number) => money.short(Math.round(value));
  const times = (value: number) => t('times', { formatted: format.number(value, 1) });
  const months = (value: number) => t('months', { formatted: format.number(value, 1) });
  const { ltv_survival: survival } = total;
  return (
    <section aria-label={t('title')}>
      <dl className={classes.figures}>
        <Item name={t('arpa')} about={t('about.arpa')}>
          <EstimateText estimate={total.arpa} say={amount} />
        </Item>
        <Item name={t('churn')} about={t('about.churn', { count: window.months })}>
          <EstimateText estimate={total.monthly_churn} say={(value) => format.percent(value, 2)} />
        </Item>
        <Item name={t('ltvSimple')} about={t('about.ltvSimple')}>
          <EstimateText estimate={total.ltv_simple} say={amount} />
        </Item>
        <Item name={t('ltvMargin')} about={t('about.ltvMargin')}>
          <EstimateText estimate={total.ltv_margin} say={amount} />
        </Item>
        <Item
          name={t('ltvSurvival')}
          about={t('about.ltvSurvival', { months: format.number(settings.horizon_months) })}
          note={
            survival.seen_share !== null &&
            t('seenShare', {
              share: format.percent(survival.seen_share, 0),
              months: format.number(survival.seen_months),
            })
          }
        >
          <EstimateText estimate={survival} say={amount} />
        </Item>
        <Item
          name={t('cac')}
          about={t('about.cac')}
          note={
            total.acquisition.cac?.value != null &&
            t('cacOf', { costs: money.short(total.acquisition.costs), count: total.acquisition.won ?? 0 })
          }
        >
          <EstimateText estimate={total.acquisition.cac} say={amount} />
        </Item>
        <Item name={t('ltvCac')} about={t('about.ltvCac')} note={<Mark data={data} figure="ltv_cac" say={times} />}>
          <EstimateText estimate={total.ltv_cac} say={times} />
        </Item>
        <Item
          name={t('payback')}
          about={t('about.payback')}
          note={<Mark data={data} figure="payback_months" say={months} />}
        >
          <EstimateText estimate={total.payback_months} say={months} />
          {total.survival_payback_months.value !== null && (
            <Text fz="xs" c="dimmed" fw={400}>
              {t('survivalPayback', { months: months(total.survival_payback_months.value) })}
            </Text>
          )}
        </Item>
      </dl>
      <Text fz="xs" c="dimmed" mt={6}>
        {t('window', { from: format.day(window.from), to: format.day(window.to) })}
        {total.acquisition.without_rate > 0 && ` ${t('withoutRate', { count: total.acquisition.without_rate })}`}
      </Text>
    </section>
  );
}

interface ItemProps {
  name: string;
  about: string;
  note?: ReactNode;
  children: ReactNode;
}

function Item({ name, about, note, children }: ItemProps) {
  return (
    <div>
      <dt>
        {name} <InfoTip about={name}>{about}</InfoTip>
      </dt>
      <dd>
        <div className={classes.value}>{children}</div>
        {note && <div className={classes.note}>{note}</div>}
      </dd>
    </div>
  );
}

/** What investors like to see: a habit, said to be one. */
function Mark({ data, figure, say }: { data: UnitEconomics; figure: string; say: (value: number) => string }) {
  const { t } = useTranslation('economics');
  const language = useLanguage();
  const mark = data.marks.find(({ key }) => key === figure);
  if (!mark) return null;
  const isLeast = figure === 'ltv_cac';
  return (
    <span data-met={mark.is_met ?? undefined}>
      {isLeast ? t('markLeast', { mark: say(mark.mark) }) : t('markMost', { mark: say(mark.mark) })}
      {mark.is_met !== null && ` · ${mark.is_met ? t('met') : t('notMet')}`}{' '}
      <InfoTip about={mark.name[language]}>{mark.text[language]}</InfoTip>
    </span>
  );
}
