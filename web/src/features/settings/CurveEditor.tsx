import { ActionIcon, Alert, Button, Group, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { asBands, asLinear, bandFaults, curveOf, kindOf, withBandAdded, withBandRemoved, withEdge } from './curve';
import { CurvePicture } from './CurvePicture';
import classes from './Settings.module.css';
import type { Band, Curve, ScorecardItem } from './types';

interface CurveEditorProps {
  item: ScorecardItem;
  name: string;
  unit?: string;
  onChange?: (item: ScorecardItem) => void;
}

/** How the value of a measure becomes 0 to 100 points: by steps with stated edges, or along a line. */
export function CurveEditor({ item, name, unit, onChange }: CurveEditorProps) {
  const { t } = useTranslation('settings');
  const curve = curveOf(item);
  const kind = kindOf(curve);
  const isAged = item.curves !== undefined && item.curve === undefined;
  const set = onChange && !isAged ? (next: Curve) => onChange({ ...item, curve: next }) : undefined;
  const unitName = unit ? t(`unit.${unit}`) : '';
  return (
    <div className={classes.curve}>
      <Stack gap={8}>
        {isAged && <Text fz="sm">{t('curve.aged')}</Text>}
        {kind !== 'choices' && (
          <SegmentedControl
            size="xs"
            style={{ alignSelf: 'flex-start' }}
            aria-label={t('curve.kind')}
            disabled={!set}
            value={kind}
            onChange={(next) => set?.(next === 'bands' ? asBands(curve) : asLinear(curve))}
            data={[
              { value: 'linear', label: t('curve.linear') },
              { value: 'bands', label: t('curve.bands') },
            ]}
          />
        )}
        {curve.linear && <PointRows points={curve.linear} unit={unitName} onChange={set} />}
        {curve.bands && <BandRows bands={curve.bands} unit={unitName} onChange={set} />}
        {curve.choices && <ChoiceRows curve={curve} onChange={set} />}
        <Text fz="xs" c="dimmed">
          {t(`missingHelp.${item.missing}`)}
        </Text>
        {item.missing === 'neutral' && (
          <NumberInput
            size="xs"
            maw={200}
            label={t('curve.neutralPoints')}
            min={0}
            max={100}
            disabled={!onChange}
            value={item.neutral_points ?? 50}
            onChange={(points) => typeof points === 'number' && onChange?.({ ...item, neutral_points: points })}
          />
        )}
      </Stack>
      {kind !== 'choices' && <CurvePicture curve={curve} label={t('curve.picture', { name })} unit={unitName} />}
    </div>
  );
}

type SetCurve = ((curve: Curve) => void) | undefined;

function Figure(props: {
  label: string;
  value: number | undefined;
  onChange?: (value: number) => void;
  points?: boolean;
}) {
  const { label, value, onChange, points = false } = props;
  return (
    <NumberInput
      size="xs"
      hideControls
      aria-label={label}
      min={points ? 0 : undefined}
      max={points ? 100 : undefined}
      disabled={!onChange}
      value={value ?? ''}
      onChange={(next) => typeof next === 'number' && onChange?.(next)}
    />
  );
}

function PointRows({ points, unit, onChange }: { points: [number, number][]; unit: string; onChange: SetCurve }) {
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
          <Figure
            label={t('curve.valueAt', { number: index + 1 })}
            value={value}
            onChange={onChange && ((next) => set(index, [next, score]))}
          />
          <Figure
            label={t('curve.pointsAt', { number: index + 1 })}
            value={score}
            points
            onChange={onChange && ((next) => set(index, [value, next]))}
          />
          <span />
          {onChange && points.length > 2 && (
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t('curve.remove', { number: index + 1 })}
              onClick={() => onChange({ linear: points.filter((_point, at) => at !== index) })}
            >
              <IconX size={14} />
            </ActionIcon>
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
            leftSection={<IconPlus size={13} />}
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

function BandRows({ bands, unit, onChange }: { bands: Band[]; unit: string; onChange: SetCurve }) {
  const { t } = useTranslation('settings');
  const faults = bandFaults(bands);
  return (
    <Stack gap={4}>
      {bands.map((band, index) => {
        const isLast = index === bands.length - 1;
        const edgeIsBelow = band.to_inclusive ?? false;
        return (
          <div key={index}>
            <div className={classes.edge}>
              <Text fz="sm">{t('curve.band', { number: index + 1 })}</Text>
              <Figure
                label={t('curve.pointsAt', { number: index + 1 })}
                value={band.points}
                points
                onChange={
                  onChange &&
                  ((points) =>
                    onChange({ bands: bands.map((other, at) => (at === index ? { ...other, points } : other)) }))
                }
              />
              <Text fz="xs" c="dimmed">
                {t('curve.points')}
              </Text>
              {onChange && bands.length > 1 && (
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  color="gray"
                  aria-label={t('curve.remove', { number: index + 1 })}
                  onClick={() => onChange({ bands: withBandRemoved(bands, index) })}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </div>
            {!isLast && (
              <div className={classes.edge} style={{ marginTop: 4 }}>
                <Text fz="xs" c="dimmed">
                  {t('curve.edge')} {unit && `(${unit})`}
                </Text>
                <Figure
                  label={t('curve.edgeAt', { number: index + 1 })}
                  value={band.to}
                  onChange={onChange && ((value) => onChange({ bands: withEdge(bands, index, value, edgeIsBelow) }))}
                />
                <Select
                  size="xs"
                  aria-label={t('curve.belongsAt', { number: index + 1 })}
                  allowDeselect={false}
                  disabled={!onChange}
                  value={edgeIsBelow ? 'below' : 'above'}
                  onChange={(side) => onChange?.({ bands: withEdge(bands, index, band.to ?? 0, side === 'below') })}
                  data={[
                    { value: 'below', label: t('curve.belongsBelow', { number: index + 1 }) },
                    { value: 'above', label: t('curve.belongsAbove', { number: index + 2 }) },
                  ]}
                />
              </div>
            )}
          </div>
        );
      })}
      {faults.map(({ between, kind }) => (
        <Alert key={between.join()} variant="default" role="alert">
          {t(`curve.fault.${kind}`, { lower: between[0] + 1, upper: between[1] + 1 })}
        </Alert>
      ))}
      {onChange && (
        <Group>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={13} />}
            onClick={() => onChange({ bands: withBandAdded(bands) })}
          >
            {t('curve.addBand')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function ChoiceRows({ curve, onChange }: { curve: Curve; onChange: SetCurve }) {
  const { t } = useTranslation('settings');
  const choices = curve.choices ?? {};
  return (
    <Stack gap={4}>
      {Object.entries(choices).map(([choice, points]) => (
        <div key={choice} className={classes.edge}>
          <Text fz="sm">{choice}</Text>
          <Figure
            label={t('curve.pointsOf', { choice })}
            value={points}
            points
            onChange={onChange && ((next) => onChange({ ...curve, choices: { ...choices, [choice]: next } }))}
          />
        </div>
      ))}
      <div className={classes.edge}>
        <Text fz="sm" c="dimmed">
          {t('curve.other')}
        </Text>
        <Figure
          label={t('curve.pointsOf', { choice: t('curve.other') })}
          value={curve.other_points ?? 50}
          points
          onChange={onChange && ((next) => onChange({ ...curve, other_points: next }))}
        />
      </div>
    </Stack>
  );
}
