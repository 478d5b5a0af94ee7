import { NumberInput } from '@mantine/core';

interface CurveFigureProps {
  label: string;
  value: number | undefined;
  onChange?: (value: number) => void;
  /** Between 0 and 100. */
  points?: boolean;
  error?: boolean;
}

/** A figure in a table of thresholds or points. */
export function CurveFigure({ label, value, onChange, points = false, error }: CurveFigureProps) {
  return (
    <NumberInput
      size="xs"
      hideControls
      aria-label={label}
      min={points ? 0 : undefined}
      max={points ? 100 : undefined}
      disabled={!onChange}
      error={error}
      value={value ?? ''}
      onChange={(next) => typeof next === 'number' && onChange?.(next)}
    />
  );
}
