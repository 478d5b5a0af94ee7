import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InteractionKind } from '../types';
import { Composer } from './Composer';

interface ComposeDialogProps {
  accountId: string;
  /** Null while it is closed. */
  kind: InteractionKind | null;
  onClose: () => void;
}

/** Writing something down from anywhere on the page. */
export function ComposeDialog({ accountId, kind, onClose }: ComposeDialogProps) {
  const { t } = useTranslation('account');
  return (
    <Modal
      opened={kind !== null}
      onClose={onClose}
      title={t('actions.log')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {kind && <Composer key={kind} accountId={accountId} kind={kind} onDone={onClose} autoFocus />}
    </Modal>
  );
}
