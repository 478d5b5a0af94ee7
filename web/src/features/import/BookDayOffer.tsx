import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getJson, sendJson } from '../../api/json';
import { showProblem, showToast } from '../../components/toast';
import { useFormat, useViewer } from '../../lib/viewer';

interface Freshness {
  freshness: { source: string; last_at: string | null }[];
}

const longPast_days = 60;
const day_ms = 86_400_000;

/** The newest fact of any source, as a day. */
function newestDay(freshness: Freshness['freshness'] | undefined): string | undefined {
  return freshness
    ?.flatMap(({ last_at }) => (last_at ? [last_at.slice(0, 10)] : []))
    .sort()
    .at(-1);
}

/** Data that ends long ago looks like a book full of silent customers. An administrator may set "today" to its end. */
export function BookDayOffer() {
  const { t } = useTranslation('import');
  const format = useFormat();
  const { role, bookDay, bookDayFixed } = useViewer();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['home', 'freshness'],
    queryFn: ({ signal }) => getJson<Freshness>('/api/home', {}, signal),
    enabled: role === 'admin' && !bookDayFixed,
  });
  const fix = useMutation({
    mutationFn: (day: string) => sendJson('PATCH', '/api/workspace', { book_day: day }),
    onSuccess: async (_answer, day) => {
      await client.invalidateQueries();
      showToast(t('bookDay.done', { day: format.day(day) }));
    },
    onError: showProblem,
  });
  const newest = newestDay(data?.freshness);
  if (role !== 'admin' || bookDayFixed || newest === undefined) return null;
  const past_days = Math.round((Date.parse(bookDay) - Date.parse(newest)) / day_ms);
  if (past_days < longPast_days) return null;
  return (
    <Alert variant="default" title={t('bookDay.title', { day: format.day(newest) })}>
      <Text fz="sm" mb={8}>
        {t('bookDay.help')}
      </Text>
      <Group gap={8}>
        <Button size="xs" variant="default" loading={fix.isPending} onClick={() => fix.mutate(newest)}>
          {t('bookDay.fix', { day: format.day(newest) })}
        </Button>
      </Group>
    </Alert>
  );
}
