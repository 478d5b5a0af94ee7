import { DateInput, type DateInputProps } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';

/** A day that can be typed, picked, and mostly cleared. What is wrong stands above, where the calendar does not cover it. */
export function DayInput({ clearable = true, ...rest }: DateInputProps) {
  const { t } = useTranslation('contracts');
  const language = useLanguage();
  return (
    <DateInput
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('common:clear') }}
      valueFormat={language === 'ja' ? 'YYYY/M/D' : 'D MMM YYYY'}
      inputWrapperOrder={['label', 'error', 'input', 'description']}
      {...rest}
    />
  );
}
