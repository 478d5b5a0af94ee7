import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client';
import type { components } from '../api/schema';
import { useFormat } from '../lib/viewer';
import { ErrorState } from './ErrorState';
import { showProblem } from './toast';

export type Job = components['schemas']['Job'];

interface ProgressJobProps {
  id: number;
  /** Called once, when the job has come to its end in any way. */
  onEnd?: (job: Job) => void;
}

const poll_ms = 700;

function isOver(job: Job | undefined): boolean {
  return job !== undefined && job.state !== 'running' && job.state !== 'waiting';
}

/** Long work: how far it is, how long it will take, and the way to stop it. */
export function ProgressJob({ id, onEnd }: ProgressJobProps) {
  const { t } = useTranslation('common');
  const format = useFormat();
  const {
    data: job,
    error,
    refetch,
  } = useQuery({
    queryKey: ['job', id],
    queryFn: () => answer<Job>(api.GET('/api/jobs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : poll_ms),
    staleTime: 0,
  });
  const cancel = useMutation({
    mutationFn: () => api.POST('/api/jobs/{id}/cancel', { params: { path: { id } } }),
    onError: showProblem,
  });
  const told = useRef<number | null>(null);
  useEffect(() => {
    if (!job || !isOver(job) || told.current === job.id) return;
    told.current = job.id;
    onEnd?.(job);
  }, [job, onEnd]);

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const percent = Math.round((job?.progress ?? 0) * 100);
  const isWorking = !isOver(job);
  const state = t(`job.${job?.state ?? 'waiting'}`);
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap={8}>
        <Text fz="sm" role="status">
          {job?.message || state}
        </Text>
        <Text fz="sm" c="dimmed">
          {percent}%
          {isWorking &&
            job?.eta_seconds != null &&
            ` · ${t('job.remaining', { duration: format.duration(job.eta_seconds) })}`}
        </Text>
      </Group>
      <Progress value={percent} color={job?.state === 'failed' ? 'red' : undefined} aria-label={state} />
      {isWorking && (
        <Group justify="space-between" gap={8}>
          <Text fz="xs" c="dimmed">
            {t('job.mayLeave')}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            loading={cancel.isPending || cancel.isSuccess}
            onClick={() => cancel.mutate()}
          >
            {t('job.cancel')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
