import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { ProgressJob } from '../../components/ProgressJob';
import { showProblem } from '../../components/toast';
import { useFormat, useLanguage } from '../../lib/viewer';
import { CountFigures } from './CountFigures';
import classes from './Import.module.css';
import { importQuery, importsListKey, isAtWork, startDeed, type Import } from './imports';
import { RejectedRows } from './RejectedRows';

/** The dry run: what the import would do, before anything is written. */
export function CheckStep({ record, job }: { record: Import; job?: number }) {
  const { t } = useTranslation('import');
  const format = useFormat();
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const goTo = (search: { step: 'check' | 'run'; job?: number }, replace = false) =>
    navigate({ to: '/import/$importId', params: { importId: String(record.id) }, search, replace });
  const running = job ?? (isAtWork(record) ? (record.job_id ?? undefined) : undefined);
  const onEnd = useCallback(async () => {
    await client.invalidateQueries({ queryKey: importQuery(record.id).queryKey });
    await navigate({
      to: '/import/$importId',
      params: { importId: String(record.id) },
      search: { step: 'check' },
      replace: true,
    });
  }, [client, navigate, record.id]);
  const again = useMutation({
    mutationFn: () => startDeed(record.id, 'dry-run'),
    onSuccess: ({ job_id }) => goTo({ step: 'check', job: job_id }, true),
    onError: showProblem,
  });
  const run = useMutation({
    mutationFn: () => startDeed(record.id, 'run'),
    onSuccess: async ({ job_id }) => {
      void client.invalidateQueries({ queryKey: importsListKey });
      await goTo({ step: 'run', job: job_id });
    },
  });
  const { created, updated, unchanged, rejected, rows } = record.counts;
  const written = created + updated;
  return (
    <Stack gap="lg">
      <Text fz="sm" c="dimmed">
        {t('check.help')}
      </Text>
      {running !== undefined && (
        <div className={classes.note}>
          <ProgressJob id={running} onEnd={() => void onEnd()} />
        </div>
      )}
      {running === undefined && record.error && !record.checked && (
        <Alert variant="default" role="alert" title={t('check.failed')}>
          {record.error[language]}
        </Alert>
      )}
      {running === undefined && !record.checked && (
        <div>
          <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {t('check.again')}
          </Button>
        </div>
      )}
      {running === undefined && record.checked && (
        <>
          <CountFigures counts={record.counts} />
          {written === 0 && (
            <Alert variant="default" title={t(rejected === rows ? 'check.allRejected' : 'check.nothingNew')}>
              {t(rejected === rows ? 'check.allRejectedHelp' : 'check.nothingNewHelp', {
                unchanged: format.number(unchanged),
              })}
            </Alert>
          )}
          <RejectedRows record={record} />
        </>
      )}
      {run.isError && <ErrorState error={run.error} />}
      <div className={classes.footer}>
        <Button variant="default" component={Link} to={`/import/${record.id}?step=map`}>
          {t('check.back')}
        </Button>
        <Button
          disabled={running !== undefined || !record.checked || written === 0}
          loading={run.isPending}
          onClick={() => run.mutate()}
        >
          {record.checked && written > 0
            ? t('check.run', { count: written, rows: format.number(written) })
            : t('check.runPlain')}
        </Button>
      </div>
    </Stack>
  );
}
