import { Progress, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getJson } from '../../api/json';
import type { Intake } from '../../api/intake';
import { Figure } from '../../components/Figure';
import { formatBytes } from '../../lib/format/bytes';
import { useNow } from '../../lib/use-now';
import { useFormat } from '../../lib/viewer';
import classes from './Intake.module.css';
import { lastHour } from './live-state';

interface ScoreLag {
  lag_ms_p50?: number | null;
  lag_ms_p99?: number | null;
  lag_samples?: number;
}

const lagRefetch_ms = 10_000;
const nearlyFull = 0.8;

interface IntakeFiguresProps {
  /** Undefined while it is being fetched. */
  intake: Intake | undefined;
  /** A list below needs the room on a phone. */
  isAside: boolean;
}

/** What came in the last hour, how long it takes to be counted and scored, and what waits. */
export function IntakeFigures({ intake, isAside }: IntakeFiguresProps) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const now_ms = useNow((at_ms) => Math.floor(at_ms / 10_000) * 10_000);
  const score = useQuery({
    queryKey: ['intake', 'score-lag'],
    queryFn: ({ signal }) => getJson<ScoreLag>('/api/evaluation', {}, signal),
    refetchInterval: lagRefetch_ms,
  });
  if (!intake) return <Skeleton height={76} mb={16} />;
  const accepted = intake.sources.reduce(
    (sum, { minutes }) => sum + lastHour(minutes, now_ms).reduce((each, minute) => each + minute.accepted, 0),
    0,
  );
  const { queue } = intake;
  const filled = queue.limit_bytes > 0 ? queue.waiting_bytes / queue.limit_bytes : 0;
  return (
    <div className={classes.figures} data-aside={isAside || undefined}>
      <Figure
        label={t('figure.accepted')}
        value={format.number(accepted)}
        unit={t('figure.events')}
        period={t('figure.lastHour')}
      />
      <LagFigure
        label={t('figure.stored')}
        definition={t('figure.storedHelp')}
        p50={intake.processing_lag_ms_p50}
        p99={intake.processing_lag_ms_p99}
      />
      <LagFigure
        label={t('figure.scored')}
        definition={t('figure.scoredHelp')}
        p50={score.data?.lag_samples === 0 ? null : score.data?.lag_ms_p50}
        p99={score.data?.lag_samples === 0 ? null : score.data?.lag_ms_p99}
      />
      <Figure
        label={t('figure.queue')}
        definition={t('figure.queueHelp')}
        value={format.number(queue.waiting_events)}
        unit={t('figure.events')}
      >
        <Progress
          className={classes.gauge}
          size={4}
          value={filled * 100}
          color={filled > nearlyFull ? 'red' : undefined}
          aria-label={t('figure.queueFilled')}
        />
        <Text fz="xs" c="dimmed">
          {formatBytes(queue.waiting_bytes)} / {formatBytes(queue.limit_bytes)}
        </Text>
      </Figure>
      {intake.unknown_key_refusals > 0 && (
        <Figure
          label={t('figure.unknownKey')}
          definition={t('figure.unknownKeyHelp')}
          value={format.number(intake.unknown_key_refusals)}
          unit={t('figure.calls')}
        />
      )}
    </div>
  );
}

interface LagFigureProps {
  label: string;
  definition: string;
  p50: number | null | undefined;
  p99: number | null | undefined;
}

function LagFigure({ label, definition, p50, p99 }: LagFigureProps) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  return (
    <Figure
      label={label}
      definition={definition}
      value={format.lag(p50)}
      unit={p50 == null ? undefined : t('figure.median')}
      period={p99 == null ? t('figure.noLag') : t('figure.p99', { lag: format.lag(p99) })}
    />
  );
}
