import { Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountCallsQuery } from '../../../api/work';
import { CallLines } from '../../../components/calls/CallLines';
import { OpenCallDialog } from '../../../components/calls/OpenCallDialog';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import type { Subject } from '../requests';
import { AccountSignals } from '../signals/AccountSignals';
import { useCanEdit } from '../use-subject';

/** What is to be done for this customer, and what was done before. */
export function CallsSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  const [opening, setOpening] = useState(false);
  const { data, isError, error, refetch } = useQuery(accountCallsQuery(subject.id));
  const open = data?.items.filter(({ status }) => status !== 'closed') ?? [];
  const past = data?.items.filter(({ status }) => status === 'closed') ?? [];
  const button = canEdit && (
    <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setOpening(true)}>
      {t('calls.open')}
    </Button>
  );
  return (
    <>
      {isError && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!isError && !data && <Skeleton height={240} />}
      {data && data.items.length === 0 && (
        <EmptyState title={t('calls.none')} action={button}>
          {t('calls.noneHelp')}
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <Stack gap="lg">
          <section>
            <Group justify="space-between" mb={8}>
              <Title order={2}>{t('calls.current', { count: open.length })}</Title>
              {button}
            </Group>
            <CallLines calls={open} withAccount={false} label={t('tabs.calls')} />
          </section>
          {past.length > 0 && (
            <section>
              <Title order={2} mb={8}>
                {t('calls.past', { count: past.length })}
              </Title>
              <CallLines calls={past} withAccount={false} label={t('calls.past', { count: past.length })} />
            </section>
          )}
        </Stack>
      )}
      <AccountSignals subject={subject} />
      <OpenCallDialog accounts={opening ? [Number(subject.id)] : null} onClose={() => setOpening(false)} />
    </>
  );
}
