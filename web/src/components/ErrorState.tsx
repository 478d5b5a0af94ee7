import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconRefresh } from '@tabler/icons-react';
import { useProblemText } from './problem-text';
import { useTranslation } from 'react-i18next';

interface ErrorStateProps {
  error: unknown;
  /** Tries again; without it only the explanation is shown. */
  onRetry?: () => void;
}

/** What happened, in the server's own sentence, and the remedy. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation('common');
  const { title, detail, fields } = useProblemText(error);
  return (
    <Alert icon={<IconAlertCircle size={18} />} color="gray" variant="default" title={title} role="alert">
      <Stack gap={8} align="flex-start">
        {detail && <Text>{detail}</Text>}
        {fields.length > 0 && (
          <List fz="sm">
            {fields.map(({ field, message }) => (
              <List.Item key={field + message}>{message}</List.Item>
            ))}
          </List>
        )}
        {onRetry && (
          <Button variant="default" size="xs" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
