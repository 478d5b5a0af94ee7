import { Button, Group, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../api/work';
import { useLanguage } from '../../../lib/viewer';

interface DeedFormFrameProps {
  calls: readonly Call[];
  submitLabel: string;
  disabled?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Which calls it is about, the questions, and the deed by its name. Ctrl/Cmd-Enter sends from any field. */
export function DeedForm({ calls, submitLabel, disabled, onSubmit, onClose, children }: DeedFormFrameProps) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const [first] = calls;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!disabled) onSubmit();
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === 'Enter' && submit(event)}
    >
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {calls.length === 1 && first
            ? t('calls:lineTitle', { account: first.account.name, title: first.title[language] })
            : t('dialog.many', { count: calls.length })}
        </Text>
        {children}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={disabled}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export const idsOf = (calls: readonly Call[]) => calls.map(({ id }) => id);
