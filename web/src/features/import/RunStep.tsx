import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAddressBook, IconFilePlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProgressJob } from '../../components/ProgressJob';
import { useLanguage, useMayEdit } from '../../lib/viewer';
import { BookDayOffer } from './BookDayOffer';
import { CountFigures } from './CountFigures';
import { EvaluationNote } from './EvaluationNote';
import classes from './Import.module.css';
import { isAtWork, type Import } from './imports';
import { RejectedRows } from './RejectedRows';
import { StateBadge } from './ImportPage';
import { UndoButton } from './UndoButton';

/** The import at work, and what came of it. */
export function RunStep({ record, job }: { record: Import; job?: number }) {
  const { t } = useTranslation('import');
  const language = useLanguage();
  const mayImport = useMayEdit();
  const client = useQueryClient();
  const navigate = useNavigate();
  const running = job ?? (isAtWork(record) ? (record.job_id ?? undefined) : undefined);
  const onEnd = async () => {
    // Everything may look different now.
    await client.invalidateQueries();
    await navigate({
      to: '/import/$importId',
      params: { importId: String(record.id) },
      search: { step: 'run' },
      replace: true,
    });
  };
  if (running !== undefined) {
    return (
      <div className={classes.note}>
        <ProgressJob id={running} onEnd={() => void onEnd()} />
      </div>
    );
  }
  return (
    <Stack gap="lg">
      <Group gap={12}>
        <StateBadge item={record} />
        <Text fz="sm" role="status">
          {t(`result.${record.state}`)}
        </Text>
      </Group>
      {record.error && (
        <Alert variant="default" role="alert" title={t('result.stopped')}>
          {record.error[language]}
        </Alert>
      )}
      <CountFigures counts={record.counts} />
      {record.state === 'done' && (
        <>
          <EvaluationNote />
          <BookDayOffer />
        </>
      )}
      <Group gap={8}>
        {record.state === 'done' && (
          <Button component={Link} to="/book" leftSection={<IconAddressBook size={16} />}>
            {t('result.book')}
          </Button>
        )}
        {mayImport && (
          <Button
            component={Link}
            to="/import/new"
            variant={record.state === 'done' ? 'default' : 'filled'}
            leftSection={<IconFilePlus size={16} />}
          >
            {t('result.another')}
          </Button>
        )}
        <UndoButton item={record} />
      </Group>
      <RejectedRows record={record} />
    </Stack>
  );
}
