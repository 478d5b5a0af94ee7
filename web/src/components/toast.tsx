import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { problemText } from './problem-text';

const undoable_ms = 8_000;
const plain_ms = 4_000;

/** A quiet confirmation; with `undo` it offers the way back for eight seconds. */
export function showToast(message: string, undo?: () => void) {
  const id = crypto.randomUUID();
  notifications.show({
    id,
    autoClose: undo ? undoable_ms : plain_ms,
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text fz="sm">{message}</Text>
        {undo && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              notifications.hide(id);
              undo();
            }}
          >
            {i18next.t('common:undo')}
          </Button>
        )}
      </Group>
    ),
  });
}

/** A failed action, in the server's sentence. For a failed page use `ErrorState`. */
export function showProblem(error: unknown) {
  const { title, detail, fields } = problemText(error, i18next.getFixedT(null, 'common'));
  notifications.show({
    color: 'red',
    withBorder: true,
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
    title,
    message: fields.length > 0 ? fields.map(({ message }) => message).join(' ') : detail,
  });
}
