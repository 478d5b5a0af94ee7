import { Loader, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getJson } from '../../api/json';
import { useFormat } from '../../lib/viewer';
import classes from './Import.module.css';

interface Evaluation {
  computed_at: string | null;
  running: boolean;
  progress: number | null;
  accounts: number;
}

const whileRunning_ms = 1500;
const otherwise_ms = 5000;

/** The scores follow the new data by themselves; this says how far they are. */
export function EvaluationNote() {
  const { t } = useTranslation('import');
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['evaluation'],
    queryFn: ({ signal }) => getJson<Evaluation>('/api/evaluation', {}, signal),
    refetchInterval: ({ state }) => (state.data?.running ? whileRunning_ms : otherwise_ms),
  });
  if (!data) return null;
  return (
    <Group className={classes.note} gap={10} wrap="nowrap">
      {data.running && <Loader size={16} aria-hidden />}
      <Text fz="sm" role="status">
        {data.running
          ? t('evaluation.running', { share: format.percent(data.progress, 0) })
          : t('evaluation.done', { at: format.instant(data.computed_at), accounts: format.number(data.accounts) })}
      </Text>
    </Group>
  );
}
