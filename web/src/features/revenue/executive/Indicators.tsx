import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../../components/InfoTip';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { FigureTip } from '../FigureTip';
import type { Executive } from '../types';
import classes from './Executive.module.css';

/** What moves before revenue does, and on how few customers it rests. */
export function Indicators({ data }: { data: Executive }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const language = useLanguage();
  const { indicators, concentration } = data;
  const value = ({ unit, value: figure }: Executive['indicators'][number]) => {
    if (unit === 'share') return format.percent(figure);
    return unit === 'days' ? t('executive.days', { figure: format.number(figure, 0) }) : format.number(figure);
  };
  const [largest] = concentration.largest;
  return (
    <dl className={classes.indicators}>
      {indicators.map((indicator) => (
        <div key={indicator.key}>
          <dt>
            {indicator.name[language]}{' '}
            <FigureTip
              figure={indicator.key}
              about={indicator.name[language]}
              fallback={t('executive.indicatorHelp', { day: format.day(data.end) })}
            />
          </dt>
          <dd>{value(indicator)}</dd>
        </div>
      ))}
      <div>
        <dt>
          {t('executive.top10')} <FigureTip figure="concentration" />
        </dt>
        <dd>{format.percent(concentration.top_10_share)}</dd>
      </div>
      {largest && (
        <div>
          <dt>
            {t('executive.largestCustomer')}{' '}
            <InfoTip about={t('executive.largestCustomer')}>{t('executive.largestCustomerHelp')}</InfoTip>
          </dt>
          <dd>
            {format.percent(largest.share)}{' '}
            <Anchor
              fz="xs"
              className={classes.accountName}
              title={largest.account.name}
              renderRoot={(props) => (
                <Link
                  to="/accounts/$accountId"
                  params={{ accountId: String(largest.account.id) }}
                  search={{ tab: 'contracts' }}
                  {...props}
                />
              )}
            >
              {largest.account.name}
            </Anchor>
          </dd>
        </div>
      )}
    </dl>
  );
}
