import { Button, Group, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemKind } from '../../../api/plans';
import { usePanel } from '../../../lib/use-panel';
import { putOf, removalOf, type ItemOf, type Lack } from '../edit';
import { useEditing } from '../editing';
import { panelAddress } from '../panel-address';

interface FormFrameProps<Kind extends ItemKind> {
  kind: Kind;
  item: ItemOf[Kind];
  isNew: boolean;
  /** What it lacks before it can be saved, if anything. */
  lack: (draft: ItemOf[Kind]) => Lack | null;
  children: (draft: ItemOf[Kind], change: (fields: Partial<ItemOf[Kind]>) => void) => ReactNode;
  after?: ReactNode;
}

/** The fields of one item with what saves, gives up or removes it. Only fields that were changed are sent. */
export function FormFrame<Kind extends ItemKind>({ kind, item, isNew, lack, children, after }: FormFrameProps<Kind>) {
  const { t } = useTranslation('plans');
  const { document, change: send, mayEdit, isBusy } = useEditing();
  const panel = usePanel();
  // What the form began with: others may change the item meanwhile, and only what was typed here is sent.
  const [before, setBefore] = useState(item);
  const [draft, setDraft] = useState(item);
  const put = putOf(kind, isNew ? undefined : before, draft);
  const missing = lack(draft);
  const save = () => {
    if (!put) return;
    send([put], isNew ? t(`told.added.${kind as ItemKind}`) : t('told.saved'), () => {
      if (isNew) panel.open(panelAddress({ kind, key: draft.key }));
    });
    setBefore(draft);
  };
  const remove = () => {
    panel.close();
    send(removalOf(document, kind, item.key), t(`told.removed.${kind as ItemKind}`));
  };
  return (
    <Stack gap="md">
      <fieldset disabled={!mayEdit} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap="md">{children(draft, (fields) => setDraft((now) => ({ ...now, ...fields })))}</Stack>
      </fieldset>
      {mayEdit && put && missing !== null && (
        <Text fz="sm" c="dimmed" role="status">
          {t(`lack.${missing}`)}
        </Text>
      )}
      {mayEdit && (
        <Group justify="space-between">
          <Group gap={8}>
            <Button onClick={save} disabled={!put || missing !== null} loading={isBusy}>
              {t(isNew ? 'addIt' : 'save')}
            </Button>
            {!isNew && put && (
              <Button variant="default" onClick={() => setDraft(before)}>
                {t('revert')}
              </Button>
            )}
          </Group>
          {!isNew && (
            <Button variant="subtle" color="red" onClick={remove}>
              {t('remove')}
            </Button>
          )}
        </Group>
      )}
      {after}
    </Stack>
  );
}
