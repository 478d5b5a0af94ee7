import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Publication } from '../../../api/releases';
import { useFormat } from '../../../lib/viewer';

interface BesideSelectProps {
  value: string | undefined;
  /** The version that the history itself is scored under. */
  present: number | undefined;
  publications: readonly Publication[];
  onChange: (beside: string | undefined) => void;
}

/** Which second line the history is drawn beside: an earlier version, or what was shown. */
export function BesideSelect({ value, present, publications, onChange }: BesideSelectProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const choices = [
    { value: 'shown', label: t('versions.shownChoice') },
    ...publications
      .filter(({ release }) => release !== present)
      .map(({ release, day }) => ({
        value: String(release),
        label: t('versions.choice', { release, day: format.day(day) }),
      })),
  ];
  return (
    <Select
      size="xs"
      w={250}
      aria-label={t('versions.beside')}
      placeholder={t('versions.beside')}
      data={choices}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      clearable
      comboboxProps={{ width: 280, position: 'bottom-start' }}
    />
  );
}
