import { NumberInput, Slider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/viewer';
import classes from '../Settings.module.css';

interface WeightInputProps {
  /** What is weighed, for screen readers. */
  label: string;
  value: number;
  /** Of all weights beside it, 0 to 1. */
  share: number;
  onChange?: (weight: number) => void;
}

const heaviest = 100;

/** A weight by slider or number, and what it is worth among the others. */
export function WeightInput({ label, value, share, onChange }: WeightInputProps) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const name = t('scorecard.weightOf', { name: label });
  return (
    <div className={classes.weight}>
      <Slider
        size="sm"
        label={null}
        thumbLabel={name}
        min={0}
        max={Math.max(heaviest, value)}
        value={value}
        disabled={!onChange}
        onChange={(next) => onChange?.(next)}
      />
      <NumberInput
        size="xs"
        hideControls
        aria-label={name}
        min={0}
        max={10_000}
        value={value}
        disabled={!onChange}
        styles={{ input: { textAlign: 'right' } }}
        onChange={(next) => typeof next === 'number' && onChange?.(next)}
      />
      <span className={classes.share} title={t('scorecard.share')}>
        {format.percent(share, 1)}
      </span>
    </div>
  );
}
