import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsIn, type AccountValue } from '../../api/plans';
import { useFormat, useLanguage } from '../../lib/viewer';
import { Money } from '../Money';
import { useFigureText } from './figure-text';
import classes from './Goals.module.css';

/** What the customer gained over the contract, next to what it paid; what is not money is said in its own unit. */
export function ValueBars({ value }: { value: AccountValue }) {
  const { t } = useTranslation('goals');
  const format = useFormat();
  const language = useLanguage();
  const figure = useFigureText();
  const most = Math.max(1, value.delivered.amount_minor, value.paid.amount_minor);
  const share = (amount_minor: number) => `${(100 * Math.max(0, amount_minor)) / most}%`;
  return (
    <div className={classes.value}>
      <div className={classes.valueBar}>
        <span>{t('value.delivered')}</span>
        <i style={{ width: share(value.delivered.amount_minor) }} aria-hidden />
        <strong>
          <Money value={value.delivered} />
        </strong>
      </div>
      <div className={classes.valueBar} data-paid>
        <span>{t('value.paid')}</span>
        <i style={{ width: share(value.paid.amount_minor) }} aria-hidden />
        <span>
          <Money value={value.paid} />
        </span>
      </div>
      <Text fz="sm" c="dimmed">
        {[
          value.since && t('value.since', { day: format.dayShort(value.since) }),
          value.per_paid !== null &&
            value.delivered.amount_minor > 0 &&
            t('value.perPaid', { times: format.number(Math.round(value.per_paid * 10) / 10, 1) }),
          ...value.units.map(({ unit, quantity }) => t('value.unit', { quantity: figure(quantity, unit) })),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {value.items.some(({ how }) => wordsIn(how, language) !== '') && (
        <Text fz="xs" c="dimmed">
          {t('value.how')}
        </Text>
      )}
    </div>
  );
}
