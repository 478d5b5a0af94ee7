import { mergeThemeOverrides } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { theme } from './theme';

const steps = ['previousMonth', 'nextMonth', 'previousYear', 'nextYear', 'previousDecade', 'nextDecade'] as const;

/** The house's theme, with names for the arrows of every calendar in the viewer's language. */
export function useTheme() {
  const { t } = useTranslation('app');
  return useMemo(() => {
    const ariaLabels = Object.fromEntries(steps.map((step) => [step, t(`calendar.${step}`)]));
    const calendar = { defaultProps: { ariaLabels } };
    return mergeThemeOverrides(theme, {
      components: { DateInput: calendar, DatePicker: calendar, DateTimePicker: calendar },
    });
  }, [t]);
}
