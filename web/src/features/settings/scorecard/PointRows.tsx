import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Curve } from '../types';
import { CurveFigure } from './CurveFigure';
import { RemoveButton } from './RemoveButton';
import classes from './Scorecard.module.css';

interface PointRowsProps {
  points: [number, number][];
  unit: string;
  onChange?: (curve: Curve) => void;
}

/** A line through points: between them the score follows evenly, outside it stays. */
export function PointRows({ points, unit, onChange }: PointRowsProps) {
  const { t } = useTranslation('settings');
  const set = (at: number, point: [number, number]) =>
    onChange?.({ linear: points.map((other, index) => (index === at ? point : other)) });
  const isAscending = points.every(([value], index) => index === 0 || value > points[index - 1]![0]);
  return (
    <Stack gap={4}>
      <div className={classes.edge}>
        <Text fz="xs" c="dimmed">
          {t('curve.value')} {unit && `(${unit})`}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('curve.points')}
        </Text>
      </div>
      {points.map(([value, score], index) => (
        <div key={index} className={classes.edge}>
          <CurveFigure
            label={t('curve.valueAt', { number: index + 1 })}
            value={value}
            onChange={onChange && ((next) => set(index, [next, score]))}
          />
          <CurveFigure
            label={t('curve.pointsAt', { number: index + 1 })}
            value={score}
            points
            onChange={onChange && ((next) => set(index, [value, next]))}
          />
          <span />
          {onChange && points.length > 2 && (
            <RemoveButton
              label={t('curve.remove', { number: index + 1 })}
              onClick={() => onChange({ linear: points.filter((_point, at) => at !== index) })}
            />
          )}
        </div>
      ))}
      {!isAscending && (
        <Alert variant="default" role="alert">
          {t('curve.notAscending')}
        </Alert>
      )}
      {onChange && (
        <Group>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={13} aria-hidden />}
            onClick={() => {
              const [value, score] = points.at(-1) ?? [0, 50];
              onChange({ linear: [...points, [value + 1, score]] });
            }}
          >
            {t('curve.addPoint')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
