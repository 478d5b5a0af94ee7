import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeSource } from '../../api/intake';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { InstantText } from '../../components/InstantText';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { usePanel } from '../../lib/use-panel';
import { useFormat } from '../../lib/viewer';
import { AccountSelect, type ChosenAccount } from '../../components/AccountSelect';
import classes from './Intake.module.css';
import { fetchUnmatched, ownerId, unmatchedKey, useMatchingDeeds, type Unmatched } from './matching';

interface AssignPanelProps {
  /** As `ownerId` makes it. */
  id: string;
  sources: readonly IntakeSource[];
}

const lookedThrough = 1000;

/** Says to whom waiting events belong; those that came already count from then on. */
export function AssignPanel({ id, sources }: AssignPanelProps) {
  const { t } = useTranslation('intake');
  const waiting = useQuery({
    queryKey: [...unmatchedKey, 'one', id],
    queryFn: async ({ signal }) => {
      const { items } = await fetchUnmatched(undefined, { offset: 0, limit: lookedThrough, signal });
      return items.find((item) => ownerId(item) === id) ?? null;
    },
  });
  if (waiting.isPending) return <Skeleton height={240} />;
  if (waiting.isError) return <ErrorState error={waiting.error} onRetry={() => void waiting.refetch()} />;
  if (waiting.data === null) return <EmptyState title={t('unmatched.gone')}>{t('unmatched.goneHelp')}</EmptyState>;
  return <Assign item={waiting.data} source={sources.find((source) => source.id === waiting.data?.source_id)} />;
}

function Assign({ item, source }: { item: Unmatched; source: IntakeSource | undefined }) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const { close } = usePanel();
  const { assign, undo } = useMatchingDeeds();
  const [account, setAccount] = useState<ChosenAccount | null>(null);
  const takeBack = () => carryOut(undo, item, { onSuccess: () => showToast(t('matches.undone')) });
  const send = (chosen: ChosenAccount | null) =>
    carryOut(
      assign,
      { owner: item, accountId: chosen?.id ?? null },
      {
        onSuccess: ({ events }) => {
          showToast(
            chosen
              ? t('unmatched.assigned', { count: events, formatted: format.number(events), name: chosen.name })
              : t('unmatched.belongsToNobody', { who: item.group_key || item.user_key }),
            takeBack,
          );
          close();
        },
      },
    );
  return (
    <Stack gap="lg">
      <dl className={classes.facts}>
        <dt>{item.group_key === '' ? t('unmatched.person') : t('unmatched.group')}</dt>
        <dd className={classes.mono}>{item.group_key || item.user_key}</dd>
        <dt>{t('event.source')}</dt>
        <dd>{source?.name ?? '–'}</dd>
        <dt>{t('unmatched.events')}</dt>
        <dd>{format.number(item.events)}</dd>
        <dt>{t('unmatched.people')}</dt>
        <dd>{format.number(item.people)}</dd>
        <dt>{t('unmatched.first')}</dt>
        <dd>
          <InstantText value={item.first_at} form="both" />
        </dd>
        <dt>{t('unmatched.last')}</dt>
        <dd>
          <InstantText value={item.last_at} form="both" />
        </dd>
      </dl>
      <AccountSelect
        label={t('unmatched.account')}
        description={t('unmatched.accountHelp')}
        value={account}
        onChange={setAccount}
      />
      <Group justify="flex-end">
        <Button
          disabled={account === null}
          loading={assign.isPending && account !== null}
          onClick={() => account && send(account)}
        >
          {t('unmatched.assign')}
        </Button>
      </Group>
      <div className={classes.apart}>
        <Text fz="sm" c="dimmed" mb={8}>
          {t('unmatched.nobodyHelp')}
        </Text>
        <Button variant="default" loading={assign.isPending && account === null} onClick={() => send(null)}>
          {t('unmatched.nobody')}
        </Button>
      </div>
    </Stack>
  );
}
