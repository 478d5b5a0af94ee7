import { Checkbox, NumberInput, Select, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { noWords, type GoalValue } from '../../../api/plans';
import { WordsPair } from '../../../components/WordsPair';
import { minorDigits } from '../../../lib/format/money';
import { useViewer } from '../../../lib/viewer';

const noValue: GoalValue = { amount_minor: null, quantity: null, unit: noWords, per: 'year', how: noWords };

/** What reaching the goal is worth to the customer, in money or in their own unit, and how that was worked out. */
export function ValueFields({
  value,
  onChange,
}: {
  value: GoalValue | null;
  onChange: (value: GoalValue | null) => void;
}) {
  const { t } = useTranslation('plans');
  const { reportingCurrency } = useViewer();
  const scale = 10 ** minorDigits(reportingCurrency);
  const isEmpty = (next: number | string) => next === '' || next === '-';
  return (
    <>
      <Checkbox
        label={t('value.has')}
        description={t('value.hasHelp')}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? noValue : null)}
      />
      {value && (
        <>
          <SimpleGrid cols={2}>
            <NumberInput
              label={t('value.amount', { currency: reportingCurrency })}
              min={0}
              hideControls
              thousandSeparator=","
              value={value.amount_minor === null ? '' : value.amount_minor / scale}
              onChange={(next) =>
                onChange({ ...value, amount_minor: isEmpty(next) ? null : Math.round(Number(next) * scale) })
              }
            />
            <Select
              label={t('value.per')}
              allowDeselect={false}
              data={(['year', 'once'] as const).map((per) => ({ value: per, label: t(`value.${per}`) }))}
              value={value.per}
              onChange={(next) => onChange({ ...value, per: next === 'once' ? 'once' : 'year' })}
            />
            <NumberInput
              label={t('value.quantity')}
              min={0}
              hideControls
              thousandSeparator=","
              value={value.quantity ?? ''}
              onChange={(next) => onChange({ ...value, quantity: isEmpty(next) ? null : Number(next) })}
            />
          </SimpleGrid>
          <WordsPair
            label={t('value.unit')}
            maxLength={30}
            value={value.unit}
            onChange={(unit) => onChange({ ...value, unit })}
          />
          <WordsPair
            label={t('value.how')}
            maxLength={1000}
            value={value.how}
            onChange={(how) => onChange({ ...value, how })}
          />
        </>
      )}
    </>
  );
}
