import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../lib/language';
import { useLanguage } from '../../lib/viewer';

/** Each language under its own name, so that one can find the way back. */
export function LanguageSwitch({
  onChange,
  fullWidth,
}: {
  onChange: (language: Language) => void;
  fullWidth?: boolean;
}) {
  const { t } = useTranslation('identity');
  const language = useLanguage();
  return (
    <SegmentedControl
      size="xs"
      fullWidth={fullWidth}
      aria-label={t('language')}
      value={language}
      onChange={(value) => onChange(value as Language)}
      data={[
        { value: 'ja', label: '日本語' },
        { value: 'en', label: 'English' },
      ]}
    />
  );
}
