import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import classes from '../Overview.module.css';
import { Panel } from '../Panel';
import { healthQuery, type Subject } from '../requests';
import type { InteractionKind } from '../types';
import { ChangeStory } from './ChangeStory';
import { HistorySection } from './HistorySection';
import { LevelOverride } from './LevelOverride';
import { NextLevel } from './NextLevel';
import { NextSteps } from './NextSteps';
import { ScoreBreakdown } from './ScoreBreakdown';
import { ShownThen } from './ShownThen';

interface OverviewSectionProps {
  subject: Subject;
  onCompose: (kind: InteractionKind) => void;
}

/** Why the score is what it is, what changed it, and what is coming. */
export function OverviewSection({ subject, onCompose }: OverviewSectionProps) {
  const { t } = useTranslation('account');
  const health = useQuery(healthQuery(subject));
  return (
    <div className={classes.overview}>
      <Stack gap="lg" miw={0}>
        {health.isPending && <Skeleton height={420} />}
        {health.isError && <ErrorState error={health.error} onRetry={() => void health.refetch()} />}
        {health.data && health.data.groups.length === 0 && (
          <EmptyState title={t('score.none')}>{t('score.noneHelp')}</EmptyState>
        )}
        {health.data && health.data.groups.length > 0 && (
          <>
            {subject.asOf !== undefined && <ShownThen health={health.data} />}
            <LevelOverride health={health.data} accountId={subject.id} />
            <Panel title={t('score.title')}>
              <ScoreBreakdown health={health.data} />
            </Panel>
            {health.data.path && (
              <Panel title={t('path.title')}>
                <NextLevel path={health.data.path} />
              </Panel>
            )}
            <Panel title={t('change.title')}>
              <ChangeStory change={health.data.change_28d} />
            </Panel>
            <Panel title={t('history.title')}>
              <HistorySection subject={subject} health={health.data} />
            </Panel>
          </>
        )}
      </Stack>
      <NextSteps subject={subject} onCompose={onCompose} />
    </div>
  );
}
