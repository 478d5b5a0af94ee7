import { Anchor, Fieldset, Group, Loader, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { sampleMeasure, type MeasureSample } from '../definitions';
import type { MeasureBody } from '../types';
import { Histogram } from './Histogram';

/** The server computes over the whole book; it need not do so for every letter. */
const pause_ms = 500;

/** The measure as it is on the page, computed over the real book while it is edited. */
export function MeasurePreview({ body, isComplete }: { body: MeasureBody; isComplete: boolean }) {
  const { t } = useTranslation('settings');
  const [settled] = useDebouncedValue(JSON.stringify(body), pause_ms);
  const sample = useQuery({
    queryKey: ['definitions', 'measure', 'sample', settled],
    queryFn: ({ signal }) => sampleMeasure(JSON.parse(settled) as MeasureBody, signal),
    enabled: isComplete,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
  return (
    <Fieldset
      legend={
        <Group gap={8} component="span">
          {t('sample.title')}
          {isComplete && sample.isFetching && (
            <Loader size={12} role="progressbar" aria-label={t('sample.computing')} />
          )}
        </Group>
      }
    >
      {!isComplete && (
        <Text fz="sm" c="dimmed">
          {t('sample.incomplete')}
        </Text>
      )}
      {isComplete && sample.isError && <ErrorState error={sample.error} />}
      {isComplete && !sample.isError && sample.data && <Sample sample={sample.data} body={body} />}
    </Fieldset>
  );
}

function Sample({ sample, body }: { sample: MeasureSample; body: MeasureBody }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const format = useFormat();
  const number = (value: number) => format.number(value, 2);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Stack gap={8}>
        <Text fz="sm">
          {t('sample.withValue', { count: sample.with_value, formatted: format.number(sample.with_value) })}
        </Text>
        {sample.without_value.map(({ state, reason, accounts }) => (
          <Text key={state} fz="xs" c="dimmed">
            {t('sample.without', { count: accounts, formatted: format.number(accounts), reason: reason[language] })}
          </Text>
        ))}
        {sample.spread && (
          <>
            <Histogram bins={sample.histogram} label={t('sample.histogram')} unit={t(`unit.${body.unit}`)} />
            <Text fz="sm" className="tabular">
              {t('sample.spread', {
                smallest: number(sample.spread.smallest),
                p25: number(sample.spread.p25),
                median: number(sample.spread.median),
                p75: number(sample.spread.p75),
                largest: number(sample.spread.largest),
              })}
            </Text>
          </>
        )}
      </Stack>
      <Table.ScrollContainer minWidth={0} mah={300}>
        <Table stickyHeader aria-label={t('sample.accounts')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('preview.account')}</Table.Th>
              <Table.Th ta="right">{t('sample.value')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sample.accounts.map(({ id, name, has_value, value_text }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <Anchor component={Link} to={`/accounts/${id}`} fz="sm">
                    {name}
                  </Anchor>
                </Table.Td>
                <Table.Td ta="right" c={has_value ? undefined : 'dimmed'}>
                  {value_text[language]}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </SimpleGrid>
  );
}
