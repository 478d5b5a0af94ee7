import { Button, Group, Table, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { useFormat, useLanguage } from '../../lib/viewer';
import { rejectedQuery, type Import } from './imports';

const first = 50;
const most = 1000;

/** Every row that cannot go in, with the place and the reason; and the same as a CSV to mend. */
export function RejectedRows({ record }: { record: Import }) {
  const { t } = useTranslation('import');
  const format = useFormat();
  const language = useLanguage();
  const [limit, setLimit] = useState(first);
  const rejected = useQuery(rejectedQuery(record.id, record.counts, limit));
  if (record.counts.rejected === 0) return null;
  const name = (key: string) => record.fields.find((field) => field.key === key)?.name[language] ?? key;
  return (
    <section>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t('rejected.title', { count: record.counts.rejected })}</Title>
        <Button
          component="a"
          href={`/api/imports/${record.id}/errors.csv`}
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={14} />}
        >
          {t('rejected.download')}
        </Button>
      </Group>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('rejected.help')}
      </Text>
      {rejected.isError && <ErrorState error={rejected.error} onRetry={() => void rejected.refetch()} />}
      {rejected.data && (
        <>
          <Table.ScrollContainer minWidth={520} mah={360}>
            <Table stickyHeader aria-label={t('rejected.label')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th ta="right" w={80}>
                    {t('rejected.line')}
                  </Table.Th>
                  <Table.Th>{t('rejected.column')}</Table.Th>
                  <Table.Th>{t('rejected.value')}</Table.Th>
                  <Table.Th>{t('rejected.reason')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rejected.data.items.map((item, index) => (
                  <Table.Tr key={index}>
                    <Table.Td ta="right">{format.number(item.line)}</Table.Td>
                    <Table.Td>{name(item.column)}</Table.Td>
                    <Table.Td>
                      {item.value === '' ? (
                        <Text span fz="sm" c="dimmed">
                          {t('rejected.blank')}
                        </Text>
                      ) : (
                        item.value
                      )}
                    </Table.Td>
                    <Table.Td>{item.reason[language]}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {rejected.data.total > rejected.data.items.length && (
            <Group mt={8} gap={12}>
              <Text fz="sm" c="dimmed">
                {t('rejected.shown', {
                  shown: format.number(rejected.data.items.length),
                  total: format.number(rejected.data.total),
                })}
              </Text>
              {limit < most && (
                <Button size="compact-xs" variant="default" onClick={() => setLimit(most)}>
                  {t('rejected.more')}
                </Button>
              )}
            </Group>
          )}
        </>
      )}
    </section>
  );
}
