import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import i18next from 'i18next';
import type { ReactNode } from 'react';

interface Confirmation {
  title: string;
  /** What will happen, with the counts, and whether it can be undone. */
  children: ReactNode;
  /** Names the deed ("3件を削除"), never just "OK". */
  confirmLabel: string;
  danger?: boolean;
  onConfirm: () => void;
}

/** Asks before something that cannot simply be undone. */
export function confirm({ title, children, confirmLabel, danger = false, onConfirm }: Confirmation) {
  modals.openConfirmModal({
    title,
    children: (
      <Text component="div" fz="md">
        {children}
      </Text>
    ),
    labels: { confirm: confirmLabel, cancel: i18next.t('common:cancel') },
    confirmProps: danger ? { color: 'red' } : undefined,
    onConfirm,
  });
}
