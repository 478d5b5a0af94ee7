import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/viewer';
import type { Band } from '../types';
import { bandFaults, faultRange, resolved, type BandFault } from './curve';
import classes from './Scorecard.module.css';

interface BandFaultsProps {
  bands: Band[];
  unit: string;
  onChange?: (bands: Band[]) => void;
  onPoint: (band: number | null) => void;
}

/** Every value that steps leave out or claim twice, right under the picture that marks it, with both ways out. */
export function BandFaults({ bands, unit, onChange, onPoint }: BandFaultsProps) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const rangeText = (fault: BandFault) => {
    const [low, high] = faultRange(bands, fault);
    const one = (value: number) => `${format.number(value, 2)}${unit === '%' ? '%' : ''}`;
    return low === high ? one(low) : t('curve.range', { low: one(low), high: one(high) });
  };
  return bandFaults(bands).map((fault) => {
    const [lower, upper] = fault.between;
    const range = rangeText(fault);
    return (
      <div key={lower} className={classes.resolve} role="alert">
        <span>{t(`curve.fault.${fault.kind}`, { lower: lower + 1, upper: upper + 1, range })}</span>
        {onChange && (
          <Group gap={6}>
            {(['below', 'above'] as const).map((side) => (
              <Button
                key={side}
                size="compact-xs"
                variant="default"
                onFocus={() => onPoint(side === 'below' ? lower : upper)}
                onBlur={() => onPoint(null)}
                onMouseEnter={() => onPoint(side === 'below' ? lower : upper)}
                onMouseLeave={() => onPoint(null)}
                onClick={() => onChange(resolved(bands, lower, side))}
              >
                {t('curve.giveTo', { range, number: (side === 'below' ? lower : upper) + 1 })}
              </Button>
            ))}
          </Group>
        )}
      </div>
    );
  });
}
