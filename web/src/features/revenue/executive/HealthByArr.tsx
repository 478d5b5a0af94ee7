import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { asLevel } from '../../../lib/level';
import { useLanguage } from '../../../lib/viewer';
import { BarsChart, type Bar } from '../BarsChart';
import type { Executive } from '../types';
import { Card, CardHead } from './Card';
import classes from './Executive.module.css';

/** How much ARR stands at which level of health; a bar leads to the accounts in the book. */
export function HealthByArr({ data }: { data: Executive }) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const navigate = useNavigate();
  const bars = useMemo(
    () =>
      data.health.map(({ level, name, arr, accounts }): Bar => ({
        key: level,
        name: level ? name[language] : t('executive.noScore'),
        amount: arr,
        accounts,
        color: (tokens) => tokens.levels[asLevel(level)],
      })),
    [data, language, t],
  );
  const pick = useCallback(
    ({ key }: Bar) => void navigate({ to: '/book', search: { levels: asLevel(key), sort: '-arr' } }),
    [navigate],
  );
  const title = t('executive.health');
  if (bars.length === 0)
    return (
      <Card title={title} figure="health">
        <Text fz="sm" c="dimmed">
          {t('executive.noHealth')}
        </Text>
      </Card>
    );
  return (
    <section className={classes.card} aria-label={title}>
      <BarsChart
        label={title}
        bars={bars}
        currency={data.currency}
        fileName={`arr-by-health-${data.month}`}
        header={<CardHead title={title} figure="health" />}
        onPick={pick}
      />
    </section>
  );
}
