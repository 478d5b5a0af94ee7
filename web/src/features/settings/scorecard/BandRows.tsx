import { Button, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Band, Curve } from '../types';
import { bandFaults, withBandAdded, withBandRemoved, withEdge, withSide } from './curve';
import { CurveFigure } from './CurveFigure';
import { RemoveButton } from './RemoveButton';
import classes from './Scorecard.module.css';

interface BandRowsProps {
  bands: Band[];
  unit: string;
  onChange?: (curve: Curve) => void;
  /** Which step the reader is at, to be marked in the picture. */
  onPoint: (band: number | null) => void;
}

/**
 * Steps from the lowest values to the highest. A step and its neighbour share their edge; for thresholds that come from
 * a document each side can be entered as it is written there, and what does not fit is shown.
 */
export function BandRows({ bands, unit, onChange, onPoint }: BandRowsProps) {
  const { t } = useTranslation('settings');
  const [asWritten, setAsWritten] = useState(() => bandFaults(bands).length > 0);
  const faulty = new Set(bandFaults(bands).flatMap(({ between }) => between));
  const put = onChange && ((next: Band[]) => onChange({ bands: next }));
  return (
    <Stack gap={6}>
      <div className={classes.bandRow} data-head>
        <span />
        <Text fz="xs" c="dimmed">
          {t('curve.from')} {unit && `(${unit})`}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('curve.to')}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('curve.points')}
        </Text>
      </div>
      {bands.map((band, index) => (
        <div
          key={index}
          className={classes.bandRow}
          onFocus={() => onPoint(index)}
          onBlur={() => onPoint(null)}
          onMouseEnter={() => onPoint(index)}
          onMouseLeave={() => onPoint(null)}
        >
          <Text fz="sm" c="dimmed" ta="right">
            {index + 1}
          </Text>
          <Sides bands={bands} index={index} asWritten={asWritten} isFaulty={faulty.has(index)} onChange={put} />
          <CurveFigure
            label={t('curve.pointsAt', { number: index + 1 })}
            value={band.points}
            points
            onChange={put && ((points) => put(withSide(bands, index, { points })))}
          />
          {put && bands.length > 1 && (
            <RemoveButton
              label={t('curve.remove', { number: index + 1 })}
              onClick={() => put(withBandRemoved(bands, index))}
            />
          )}
        </div>
      ))}
      {put && (
        <Group gap={16}>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={13} aria-hidden />}
            onClick={() => put(withBandAdded(bands))}
          >
            {t('curve.addBand')}
          </Button>
          <Switch
            size="xs"
            label={t('curve.asWritten')}
            checked={asWritten}
            onChange={(event) => setAsWritten(event.currentTarget.checked)}
          />
        </Group>
      )}
    </Stack>
  );
}

interface SidesProps {
  bands: Band[];
  index: number;
  asWritten: boolean;
  isFaulty: boolean;
  onChange?: (bands: Band[]) => void;
}

/** Where a step begins and ends, and whether the edges belong to it. */
function Sides({ bands, index, asWritten, isFaulty, onChange }: SidesProps) {
  const { t } = useTranslation('settings');
  const band = bands[index]!;
  const number = index + 1;
  const { from, from_inclusive = true, to, to_inclusive = false } = band;
  const setFrom = (value: number, inclusive: boolean) =>
    onChange?.(
      asWritten
        ? withSide(bands, index, { from: value, from_inclusive: inclusive })
        : withEdge(bands, index - 1, value, !inclusive),
    );
  const setTo = (value: number, inclusive: boolean) =>
    onChange?.(
      asWritten
        ? withSide(bands, index, { to: value, to_inclusive: inclusive })
        : withEdge(bands, index, value, inclusive),
    );
  return (
    <>
      {index === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('curve.noLimit')}
        </Text>
      ) : (
        <div className={classes.side}>
          <CurveFigure
            label={t('curve.fromAt', { number })}
            value={from}
            error={isFaulty}
            onChange={onChange && ((value) => setFrom(value, from_inclusive))}
          />
          <SideSelect
            label={t('curve.fromSideAt', { number })}
            words={[t('curve.orMore'), t('curve.above')]}
            isInside={from_inclusive}
            onChange={onChange && ((isInside) => setFrom(from ?? 0, isInside))}
          />
        </div>
      )}
      {index === bands.length - 1 ? (
        <Text fz="sm" c="dimmed">
          {t('curve.noLimit')}
        </Text>
      ) : (
        <div className={classes.side}>
          <CurveFigure
            label={t('curve.toAt', { number })}
            value={to}
            error={isFaulty}
            onChange={onChange && ((value) => setTo(value, to_inclusive))}
          />
          <SideSelect
            label={t('curve.toSideAt', { number })}
            words={[t('curve.orLess'), t('curve.under')]}
            isInside={to_inclusive}
            onChange={onChange && ((isInside) => setTo(to ?? 0, isInside))}
          />
        </div>
      )}
    </>
  );
}

interface SideSelectProps {
  label: string;
  /** Where the edge belongs to the step, and where it does not. */
  words: [string, string];
  isInside: boolean;
  onChange?: (isInside: boolean) => void;
}

function SideSelect({ label, words, isInside, onChange }: SideSelectProps) {
  return (
    <Select
      size="xs"
      aria-label={label}
      allowDeselect={false}
      withCheckIcon={false}
      disabled={!onChange}
      data={[
        { value: 'inside', label: words[0] },
        { value: 'outside', label: words[1] },
      ]}
      comboboxProps={{ width: 110, position: 'bottom-start' }}
      value={isInside ? 'inside' : 'outside'}
      onChange={(side) => onChange?.(side === 'inside')}
    />
  );
}
