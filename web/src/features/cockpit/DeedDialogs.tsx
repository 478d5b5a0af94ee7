import { Modal } from '@mantine/core';
import { usePrefetchQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../../lib/viewer';
import { freeDaysAhead } from './business-days';
import { AskContext, type Asking } from './deeds';
import { AssignForm } from './dialogs/AssignForm';
import { CloseForm } from './dialogs/CloseForm';
import { DueForm } from './dialogs/DueForm';
import { EditForm } from './dialogs/EditForm';
import { SnoozeForm } from './dialogs/SnoozeForm';

const forms = { snooze: SnoozeForm, close: CloseForm, assign: AssignForm, due: DueForm, edit: EditForm } as const;

/** The one place where deeds that need a question are asked; list, board, panel and keys all lead here. */
export function DeedDialogs({ children }: { children: ReactNode }) {
  const { t } = useTranslation('cockpit');
  const { bookDay } = useViewer();
  usePrefetchQuery(freeDaysAhead(bookDay));
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  const Form = asking && forms[asking.what];
  return (
    <AskContext value={setAsking}>
      {children}
      <Modal
        opened={asking !== null}
        onClose={close}
        size={asking?.what === 'snooze' ? 'lg' : 'md'}
        title={asking && t(`dialog.${asking.what}`)}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {asking && Form && <Form calls={asking.calls} onClose={close} onDone={asking.onDone} />}
      </Modal>
    </AskContext>
  );
}
