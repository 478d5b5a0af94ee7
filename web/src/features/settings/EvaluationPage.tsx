import { Button, Progress, Skeleton, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson, sendJson } from '../../api/json';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { ProgressJob } from '../../components/ProgressJob';
import { showProblem } from '../../components/toast';
import { useFormat, useMayDefine } from '../../lib/viewer';
import { ReleasesSection } from './evaluation/ReleasesSection';
import classes from './Settings.module.css';

interface Evaluation {
  as_of: string;
  computed_at: string | null;
  running: boolean;
  progress: number | null;
  accounts: number;
  seconds: number;
}

const whileRunning_ms = 1000;
const otherwise_ms = 10_000;

/** Settings › Evaluation: when the scores were computed, and computing them again. */
export function EvaluationPage() {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const mayDefine = useMayDefine();
  const client = useQueryClient();
  const [job, setJob] = useState<number | null>(null);
  const evaluation = useQuery({
    queryKey: ['evaluation'],
    queryFn: ({ signal }) => getJson<Evaluation>('/api/evaluation', {}, signal),
    refetchInterval: ({ state }) => (state.data?.running ? whileRunning_ms : otherwise_ms),
  });
  const start = useMutation({
    mutationFn: () => sendJson<{ job_id: number }>('POST', '/api/evaluation'),
    onSuccess: ({ job_id }) => setJob(job_id),
    onError: showProblem,
  });
  const onEnd = () => {
    setJob(null);
    void client.invalidateQueries();
  };
  const status = evaluation.data;
  return (
    <Page>
      <PageHeader
        title={t('evaluation.title')}
        subtitle={t('evaluation.intro')}
        actions={
          mayDefine && (
            <Button
              leftSection={<IconRefresh size={16} />}
              disabled={job !== null || status?.running}
              loading={start.isPending}
              onClick={() => start.mutate()}
            >
              {t('evaluation.now')}
            </Button>
          )
        }
      />
      {evaluation.isPending && <Skeleton height={120} />}
      {evaluation.isError && <ErrorState error={evaluation.error} onRetry={() => void evaluation.refetch()} />}
      <Stack gap="lg">
        {job !== null && (
          <div className={`${classes.box} ${classes.boxBody}`}>
            <ProgressJob id={job} onEnd={onEnd} />
          </div>
        )}
        {job === null && status?.running && (
          <div className={`${classes.box} ${classes.boxBody}`}>
            <Text fz="sm" role="status" mb={6}>
              {t('evaluation.running', { share: format.percent(status.progress, 0) })}
            </Text>
            <Progress value={(status.progress ?? 0) * 100} aria-label={t('evaluation.title')} />
          </div>
        )}
        {status && (
          <dl className={classes.facts}>
            <dt>{t('evaluation.computedAt')}</dt>
            <dd>{format.instant(status.computed_at)}</dd>
            <dt>{t('evaluation.asOf')}</dt>
            <dd>{format.day(status.as_of)}</dd>
            <dt>{t('evaluation.accounts')}</dt>
            <dd>{format.number(status.accounts)}</dd>
            <dt>{t('evaluation.took')}</dt>
            <dd>{t('evaluation.seconds', { seconds: format.number(status.seconds, 1) })}</dd>
          </dl>
        )}
        <ReleasesSection isBusy={job !== null || (status?.running ?? false)} onJob={setJob} />
      </Stack>
    </Page>
  );
}
