import { Tooltip, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { useFormat, useLanguage } from '../../../lib/viewer';
import sharedClasses from '../Account.module.css';
import classes from '../Tables.module.css';
import type { HealthMeasure, PeerStanding } from '../health-types';
import { tenths } from '../tenths';
import { useOpenPanel } from '../use-account-address';

interface MeasureRowProps {
  measure: HealthMeasure;
  shade: number;
  /** Of a group within a group. */
  indent_px?: number;
}

/** One measure: its value, the points it gives, how much it counts, what it brings; a click walks down to its rows. */
export function MeasureRow({ measure, shade, indent_px = 0 }: MeasureRowProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const open = useOpenPanel();
  const counts = measure.effective_weight > 0;
  return (
    <tr className={classes.measureRow} data-quiet={!counts || undefined}>
      <th scope="row">
        <UnstyledButton
          className={sharedClasses.walk}
          style={{ marginLeft: indent_px }}
          onClick={() => open({ kind: 'measure', key: measure.key })}
        >
          {measure.name[language]}
        </UnstyledButton>
      </th>
      <td data-align="right" data-label={t('score.value')}>
        {measure.state !== 'ok' ? (
          <MissingValue measure={measure} />
        ) : measure.peers ? (
          <PeerValue peers={measure.peers} />
        ) : (
          measure.value_text[language]
        )}
        {measure.use === 'decayed' && <span className={classes.treatment}>{t('score.decayed')}</span>}
      </td>
      <td data-align="right" data-label={t('score.points')}>
        {counts ? <PointsBar points={measure.points} shade={shade} /> : '–'}
      </td>
      <td data-align="right" data-label={t('score.weight')}>
        <Weights measure={measure} />
      </td>
      <td data-align="right" data-label={t('score.contribution')}>
        {counts ? tenths(format.number(measure.contribution, 1)) : '–'}
      </td>
      <td data-label={t('score.freshness')}>
        <DateText value={measure.newest_fact_day} />
      </td>
    </tr>
  );
}

/** The value itself, and where it stands among its peers. */
function PeerValue({ peers }: { peers: PeerStanding }) {
  const language = useLanguage();
  return (
    <>
      {peers.value_text[language]}
      <span className={classes.treatment}>{peers.text[language]}</span>
    </>
  );
}

/** Why there is no value, and what the scorecard does about it. */
function MissingValue({ measure }: { measure: HealthMeasure }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const reason = measure.missing_reason?.[language] ?? t(`score.state.${measure.state}`);
  const treatment = measure.state === 'missing' ? t(`score.policy.${measure.policy}`) : t('score.policy.notApplicable');
  return (
    <Tooltip label={treatment}>
      <span className={classes.missing} tabIndex={0}>
        {reason}
        <span className={classes.treatment}>{treatment}</span>
      </span>
    </Tooltip>
  );
}

function PointsBar({ points, shade }: { points: number | null; shade: number }) {
  const format = useFormat();
  return (
    <span className={classes.points}>
      <span className={classes.pointsTrack} aria-hidden>
        <span data-shade={shade} style={{ width: `${Math.max(0, Math.min(100, points ?? 0))}%` }} />
      </span>
      <span>{format.number(points)}</span>
    </span>
  );
}

/** The share that counts; where missing measures handed theirs on, what was configured stands in the tooltip. */
function Weights({ measure }: { measure: HealthMeasure }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  return (
    <Tooltip label={t('score.weightDetail', { weight: format.number(measure.weight, 1) })}>
      <span>{format.percent(measure.effective_weight, 0)}</span>
    </Tooltip>
  );
}
