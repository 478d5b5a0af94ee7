import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Curve, MeasureBody } from '../types';
import { BandRows } from './BandRows';
import { BandFaults } from './BandFaults';
import { ChoiceRows } from './ChoiceRows';
import { asBands, asLinear, kindOf, type CurveKind } from './curve';
import { CurvePicture } from './CurvePicture';
import { PointRows } from './PointRows';
import classes from './Scorecard.module.css';

interface CurveEditorProps {
  curve: Curve;
  name: string;
  measure?: MeasureBody;
  onChange?: (curve: Curve) => void;
}

/** How the value of a measure becomes 0 to 100 points: by steps with stated edges, along a line, or by choice. */
export function CurveEditor({ curve, name, measure, onChange }: CurveEditorProps) {
  const { t } = useTranslation('settings');
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const kind = kindOf(curve);
  const unit = measure?.unit ? t(`unit.${measure.unit}`) : '';
  const isAttribute = measure?.source === 'attribute';
  const kinds: CurveKind[] = isAttribute || kind === 'choices' ? ['linear', 'bands', 'choices'] : ['linear', 'bands'];
  const become = (next: CurveKind) => {
    if (next === 'choices') onChange?.({ choices: {}, other_points: 50 });
    else onChange?.(next === 'bands' ? asBands(curve) : asLinear(curve));
  };
  return (
    <div className={classes.curve}>
      <Stack gap={8}>
        <SegmentedControl
          size="xs"
          style={{ alignSelf: 'flex-start' }}
          aria-label={t('curve.kind')}
          disabled={!onChange}
          value={kind}
          onChange={(next) => become(next as CurveKind)}
          data={kinds.map((each) => ({ value: each, label: t(`curve.${each}`) }))}
        />
        {curve.linear && <PointRows points={curve.linear} unit={unit} onChange={onChange} />}
        {curve.bands && <BandRows bands={curve.bands} unit={unit} onChange={onChange} onPoint={setPointedAt} />}
        {curve.choices && <ChoiceRows curve={curve} attribute={measure?.attribute} onChange={onChange} />}
      </Stack>
      {kind !== 'choices' && (
        <Stack gap={8}>
          <CurvePicture curve={curve} label={t('curve.picture', { name })} unit={unit} pointedAt={pointedAt} />
          {curve.bands && (
            <BandFaults
              bands={curve.bands}
              unit={unit}
              onChange={onChange && ((bands) => onChange({ bands }))}
              onPoint={setPointedAt}
            />
          )}
        </Stack>
      )}
    </div>
  );
}
