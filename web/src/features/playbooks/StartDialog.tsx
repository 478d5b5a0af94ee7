import { Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountSelect, type ChosenAccount } from '../../components/AccountSelect';
import { ErrorState } from '../../components/ErrorState';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { usePlaybookDeeds } from './requests';

interface StartDialogProps {
  playbookKey: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Starts the playbook by hand for one account, and says what came of it. */
export function StartDialog({ playbookKey, isOpen, onClose }: StartDialogProps) {
  const { t } = useTranslation('playbooks');
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('startRun.open')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {isOpen && <StartForm playbookKey={playbookKey} onClose={onClose} />}
    </Modal>
  );
}

function StartForm({ playbookKey, onClose }: Omit<StartDialogProps, 'isOpen'>) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const [account, setAccount] = useState<ChosenAccount | null>(null);
  const { start } = usePlaybookDeeds();
  const told = start.data?.items[0];
  return (
    <Stack gap="md">
      <Text fz="sm">{t('startRun.help')}</Text>
      <AccountSelect
        label={t('column.account')}
        value={account}
        onChange={(next) => {
          start.reset();
          setAccount(next);
        }}
      />
      {start.isError && <ErrorState error={start.error} />}
      {told && (
        <Text fz="sm" role="status">
          {told.words[language]}{' '}
          {told.run_id !== null && (
            <Anchor
              inherit
              renderRoot={(props) => <Link to="/runs/$runId" params={{ runId: String(told.run_id) }} {...props} />}
            >
              {t('startRun.look')}
            </Anchor>
          )}
        </Text>
      )}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:close')}
        </Button>
        <Button
          disabled={account === null || told !== undefined}
          loading={start.isPending}
          onClick={() => account && carryOut(start, { key: playbookKey, accounts: [account.id] }, {})}
        >
          {t('startRun.start')}
        </Button>
      </Group>
    </Stack>
  );
}
