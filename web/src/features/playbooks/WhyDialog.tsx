import { Anchor, Modal, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountSelect, type ChosenAccount } from '../../components/AccountSelect';
import { ErrorState } from '../../components/ErrorState';
import { useFormat, useLanguage } from '../../lib/viewer';
import { explanationQuery } from './requests';
import { RunStateText } from './RunStateText';

interface WhyDialogProps {
  playbookKey: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Why an account got the playbook, or did not: what would happen now, its runs, and when it was refused. */
export function WhyDialog({ playbookKey, isOpen, onClose }: WhyDialogProps) {
  const { t } = useTranslation('playbooks');
  const [account, setAccount] = useState<ChosenAccount | null>(null);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('why.open')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <AccountSelect label={t('column.account')} value={account} onChange={setAccount} />
        {account && <Explanation playbookKey={playbookKey} account={account.id} />}
      </Stack>
    </Modal>
  );
}

function Explanation({ playbookKey, account }: { playbookKey: string; account: number }) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const format = useFormat();
  const answer = useQuery(explanationQuery(playbookKey, account));
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton height={120} />;
  const { sentence, runs, not_started } = answer.data;
  return (
    <Stack gap="md" role="status">
      <Text fz="sm">{sentence[language]}</Text>
      <div>
        <Title order={3} fz="sm" mb={4}>
          {t('why.runs')}
        </Title>
        {runs.length === 0 && (
          <Text fz="sm" c="dimmed">
            {t('why.noRuns')}
          </Text>
        )}
        {runs.map((run) => (
          <Text key={run.id} fz="sm">
            <Anchor
              inherit
              renderRoot={(props) => <Link to="/runs/$runId" params={{ runId: String(run.id) }} {...props} />}
            >
              {format.instant(run.started_at)}
            </Anchor>{' '}
            <RunStateText run={run} />
          </Text>
        ))}
      </div>
      {not_started.length > 0 && (
        <div>
          <Title order={3} fz="sm" mb={4}>
            {t('why.notStarted')}
          </Title>
          {not_started.map(({ at, code, words }) => (
            <Text key={`${at} ${code}`} fz="sm">
              {format.instant(at)} {words[language]}
            </Text>
          ))}
        </div>
      )}
    </Stack>
  );
}
