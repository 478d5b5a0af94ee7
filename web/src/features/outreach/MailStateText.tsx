import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';
import type { MailRow } from './requests';

const colours: Partial<Record<MailRow['state'], string>> = { failed: 'red', unclear: 'orange', refused: 'orange' };

/** The state in a word, and the reason behind it. */
export function MailStateText({ mail }: { mail: MailRow }) {
  const { t } = useTranslation('outreach');
  const language = useLanguage();
  const word = mail.replied_at
    ? t('state.replied')
    : mail.bounced_at
      ? t('state.bounced')
      : mail.held_until
        ? t('state.held')
        : t(`state.${mail.state}`);
  const words = mail.words[language];
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      <Text span fz="sm" c={mail.bounced_at ? 'red' : colours[mail.state]} style={{ flexShrink: 0 }}>
        {word}
      </Text>
      {words && (
        <Text span fz="xs" c="dimmed" truncate title={words}>
          {words}
        </Text>
      )}
    </Group>
  );
}
