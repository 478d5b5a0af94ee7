import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** To the account's page; of one that is gone only a word. */
export function AccountLink({ id, name }: { id: number; name: string | null }) {
  const { t } = useTranslation('rules');
  if (name === null)
    return (
      <Text span inherit c="dimmed">
        {t('goneAccount')}
      </Text>
    );
  return (
    <Anchor
      inherit
      truncate
      title={name}
      renderRoot={(props) => <Link to="/accounts/$accountId" params={{ accountId: String(id) }} {...props} />}
    >
      {name}
    </Anchor>
  );
}
