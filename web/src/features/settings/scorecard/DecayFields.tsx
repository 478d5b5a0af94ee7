import { NumberInput, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Decay } from '../types';

interface DecayFieldsProps {
  value?: Decay;
  name: string;
  onChange?: (decay: Decay | undefined) => void;
}

const longest_days = 3650;
const usual: Decay = { after_days: 60, half_life_days: 30, towards_points: 50 };

/** What is known grows old: from when on, how fast, and towards which points. */
export function DecayFields({ value, name, onChange }: DecayFieldsProps) {
  const { t } = useTranslation('settings');
  const field = (key: keyof Decay, min: number, max: number) => (
    <NumberInput
      size="xs"
      label={t(`decay.${key}`)}
      min={min}
      max={max}
      allowDecimal={key === 'towards_points'}
      disabled={!onChange}
      value={value?.[key]}
      onChange={(next) => value && typeof next === 'number' && onChange?.({ ...value, [key]: next })}
    />
  );
  return (
    <Stack gap={8}>
      <Switch
        size="xs"
        label={t('decay.on')}
        aria-label={t('decay.of', { name })}
        disabled={!onChange}
        checked={value !== undefined}
        onChange={(event) => onChange?.(event.currentTarget.checked ? usual : undefined)}
      />
      {value ? (
        <>
          {field('after_days', 0, longest_days)}
          {field('half_life_days', 1, longest_days)}
          {field('towards_points', 0, 100)}
        </>
      ) : (
        <Text fz="xs" c="dimmed">
          {t('decay.help')}
        </Text>
      )}
    </Stack>
  );
}
