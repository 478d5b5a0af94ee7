import { Button, Group, Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import { passageQuery, useReadPast, type Passage, type PastAnswer } from './requests';
import { arrived } from './types';

/** How many reach each stage, and in how many days half of them do, by the quarter in which they set out. */
export function PassageTab({ journeyKey }: { journeyKey: string }) {
  const { t } = useTranslation('journeys');
  const format = useFormat();
  const passage = useQuery(passageQuery(journeyKey));
  if (passage.isPending) return <Skeleton height={200} />;
  if (passage.isError) return <ErrorState error={passage.error} onRetry={() => void passage.refetch()} />;
  const { data } = passage;
  const unseen = data.unseen > 0 && (
    <Group mt="sm" gap={12}>
      <Text fz="sm" c="dimmed">
        {t('passage.unseen', { count: data.unseen, formatted: format.number(data.unseen) })}
      </Text>
      <ReadPast journeyKey={journeyKey} />
    </Group>
  );
  if (data.all.accounts === 0) {
    return (
      <EmptyState title={t('passage.empty')} action={unseen}>
        {t('passage.emptyHelp')}
      </EmptyState>
    );
  }
  return (
    <>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('passage.help')}
      </Text>
      <Table.ScrollContainer minWidth={640}>
        <PassageTable passage={data} />
      </Table.ScrollContainer>
      {unseen}
    </>
  );
}

/** Weeks before the journey was published can be read as they were known then. */
function ReadPast({ journeyKey }: { journeyKey: string }) {
  const { t } = useTranslation('journeys');
  const format = useFormat();
  const mayDefine = useMayDefine();
  const readPast = useReadPast(journeyKey);
  if (!mayDefine) return null;
  const read = () =>
    carryOut(readPast, undefined, {
      onSuccess: ({ state, accounts }: PastAnswer) =>
        showToast(
          state === 'building'
            ? t('past.building')
            : t('past.done', { count: accounts, formatted: format.number(accounts) }),
        ),
      onError: showProblem,
    });
  return (
    <Button size="compact-sm" variant="default" loading={readPast.isPending} onClick={read}>
      {t('past.read')}
    </Button>
  );
}

function PassageTable({ passage }: { passage: Passage }) {
  const { t } = useTranslation('journeys');
  const language = useLanguage();
  const names = passage.map.stages.slice(1).map(({ key, name }) => ({ key, name: name[language] }));
  names.push({ key: arrived, name: t('arrived') });
  return (
    <Table fz={13} withRowBorders aria-label={t('tab.passage')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('passage.cohort')}</Table.Th>
          <Table.Th ta="right">{t('passage.accounts')}</Table.Th>
          {names.map(({ key, name }) => (
            <Table.Th key={key} ta="right">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {passage.cohorts.map((cohort) => (
          <CohortRow key={cohort.cohort} name={cohort.cohort} passage={cohort} />
        ))}
        <CohortRow name={t('passage.all')} passage={passage.all} isTotal />
      </Table.Tbody>
    </Table>
  );
}

function CohortRow({ name, passage, isTotal }: { name: string; passage: Passage['all']; isTotal?: boolean }) {
  const { t } = useTranslation('journeys');
  const format = useFormat();
  return (
    <Table.Tr fw={isTotal ? 600 : undefined}>
      <Table.Td>{name}</Table.Td>
      <Table.Td ta="right">{format.number(passage.accounts)}</Table.Td>
      {passage.stages.slice(1).map((stage) => (
        <Table.Td key={stage.stage} ta="right">
          {format.percent(passage.accounts > 0 ? stage.reached / passage.accounts : null)}
          <Text span fz="xs" c="dimmed" display="block">
            {stage.median_days === null
              ? t('passage.notHalf')
              : t('passage.median', { days: format.number(Math.round(stage.median_days)) })}
          </Text>
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
