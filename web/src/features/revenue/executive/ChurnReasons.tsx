import { Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanel } from '../../../lib/use-panel';
import { useLanguage } from '../../../lib/viewer';
import { monthsAYear } from '../amounts';
import { BarsChart, type Bar } from '../BarsChart';
import { cellText } from '../panel/address';
import { addMonths } from '../periods';
import type { Executive } from '../types';
import { Card, CardHead } from './Card';
import classes from './Executive.module.css';

const shownReasons = 6;

/** Why revenue was lost in twelve months, as noted at the renewals; a bar leads to who left. */
export function ChurnReasons({ data }: { data: Executive }) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const { open } = usePanel();
  const bars = useMemo(
    () =>
      data.churn_reasons.slice(0, shownReasons).map(({ key, name, amount, accounts }): Bar => ({
        key,
        name: name[language],
        amount: Math.abs(amount),
        accounts,
        color: (tokens) => tokens.fall,
      })),
    [data, language],
  );
  const pick = useCallback(
    () =>
      open(cellText({ kind: 'churn', grain: 'month', from: addMonths(data.month, 1 - monthsAYear), to: data.month })),
    [open, data.month],
  );
  const title = t('executive.reasons');
  const head = { title, figure: 'churn_reasons', period: t('span.last12') };
  if (bars.length === 0)
    return (
      <Card {...head}>
        <Text fz="sm" c="dimmed">
          {t('executive.noReasons')}
        </Text>
      </Card>
    );
  return (
    <section className={classes.card} aria-label={title}>
      <BarsChart
        label={title}
        bars={bars}
        currency={data.currency}
        fileName={`churn-reasons-${data.month}`}
        header={<CardHead {...head} />}
        onPick={pick}
      />
    </section>
  );
}
