import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../components/confirm';
import { showProblem } from '../../components/toast';
import { useFormat, useViewer } from '../../lib/viewer';
import { importsListKey, startDeed, type ImportSummary } from './imports';

interface UndoButtonProps {
  item: ImportSummary;
  compact?: boolean;
}

/** Takes a whole import back, after asking. Leaders may, and whoever imported it. */
export function UndoButton({ item, compact = false }: UndoButtonProps) {
  const { t } = useTranslation('import');
  const format = useFormat();
  const { role, userId } = useViewer();
  const client = useQueryClient();
  const navigate = useNavigate();
  const undo = useMutation({
    mutationFn: () => startDeed(item.id, 'undo'),
    onSuccess: ({ job_id }) => {
      void client.invalidateQueries({ queryKey: importsListKey });
      void navigate({ to: '/import/$importId', params: { importId: String(item.id) }, search: { job: job_id } });
    },
    onError: showProblem,
  });
  const may = role === 'admin' || role === 'leader' || item.by.id === userId;
  const written = item.counts.created + item.counts.updated;
  if (!may || !item.undo_possible || written === 0) return null;
  const ask = () =>
    confirm({
      title: t('undo.title', { file: item.file_name }),
      children: t('undo.detail', {
        created: format.number(item.counts.created),
        updated: format.number(item.counts.updated),
      }),
      confirmLabel: t('undo.confirm'),
      danger: true,
      onConfirm: () => undo.mutate(),
    });
  return (
    <Button
      size={compact ? 'compact-xs' : 'sm'}
      variant="default"
      leftSection={<IconArrowBackUp size={compact ? 14 : 16} />}
      loading={undo.isPending}
      onClick={(event) => {
        event.stopPropagation();
        ask();
      }}
    >
      {t('undo.button')}
    </Button>
  );
}
