import { ActionIcon, Button, Checkbox, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark, IconCheck, IconChevronDown, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface SavedView {
  id: string;
  name: string;
  /** Seen by the whole team. */
  shared: boolean;
  /** May the viewer change and delete it? */
  mine: boolean;
}

interface SavedViewsProps {
  views: readonly SavedView[];
  /** The view the page shows, if any. */
  currentId: string | undefined;
  /** The page differs from that view by now. */
  changed: boolean;
  /** Undefined leads back to the standard view. */
  onChoose: (view: SavedView | undefined) => void;
  onSave: (view: { name: string; shared: boolean }) => void;
  onUpdate: (view: SavedView) => void;
  onRemove: (view: SavedView) => void;
  mayShare: boolean;
}

/** Filters, sort and columns under a name: mine and the team's. */
export function SavedViews({
  views,
  currentId,
  changed,
  onChoose,
  onSave,
  onUpdate,
  onRemove,
  mayShare,
}: SavedViewsProps) {
  const { t } = useTranslation('common');
  const [naming, { open, close }] = useDisclosure(false);
  const current = views.find(({ id }) => id === currentId);
  const own = views.filter(({ shared }) => !shared);
  const team = views.filter(({ shared }) => shared);
  const entry = (view: SavedView) => (
    <ViewItem key={view.id} view={view} isCurrent={view.id === currentId} onChoose={onChoose} onRemove={onRemove} />
  );
  return (
    <>
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            title={t('views.title')}
            leftSection={<IconBookmark size={15} stroke={1.6} />}
            rightSection={<IconChevronDown size={14} />}
          >
            {current?.name ?? t('views.title')}
            {current && changed && (
              <Text span fz="xs" c="dimmed" ml={6}>
                {t('views.changed')}
              </Text>
            )}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCheck size={14} visibility={current ? 'hidden' : undefined} />}
            onClick={() => onChoose(undefined)}
          >
            {t('views.standard')}
          </Menu.Item>
          {own.length > 0 && <Menu.Label>{t('views.mine')}</Menu.Label>}
          {own.map(entry)}
          {team.length > 0 && <Menu.Label>{t('views.team')}</Menu.Label>}
          {team.map(entry)}
          {views.length === 0 && (
            <Text fz="sm" c="dimmed" px="sm" py={4}>
              {t('views.none')}
            </Text>
          )}
          <Menu.Divider />
          {current?.mine && changed && (
            <Menu.Item onClick={() => onUpdate(current)}>{t('views.update', { name: current.name })}</Menu.Item>
          )}
          <Menu.Item onClick={open}>{t('views.saveAs')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={naming}
        onClose={close}
        title={t('views.saveAs')}
        size="sm"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {naming && <NameForm mayShare={mayShare} onClose={close} onSave={onSave} />}
      </Modal>
    </>
  );
}

interface ViewItemProps {
  view: SavedView;
  isCurrent: boolean;
  onChoose: (view: SavedView) => void;
  onRemove: (view: SavedView) => void;
}

function ViewItem({ view, isCurrent, onChoose, onRemove }: ViewItemProps) {
  const { t } = useTranslation('common');
  const remove = t('views.remove', { name: view.name });
  return (
    <Group gap={0} wrap="nowrap">
      <Menu.Item
        flex={1}
        leftSection={<IconCheck size={14} visibility={isCurrent ? undefined : 'hidden'} />}
        onClick={() => onChoose(view)}
      >
        {view.name}
      </Menu.Item>
      {view.mine && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={remove}
          title={remove}
          onClick={() => onRemove(view)}
        >
          <IconTrash size={14} stroke={1.6} />
        </ActionIcon>
      )}
    </Group>
  );
}

function NameForm({
  mayShare,
  onClose,
  onSave,
}: Pick<SavedViewsProps, 'mayShare' | 'onSave'> & { onClose: () => void }) {
  const { t } = useTranslation('common');
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    onSave({ name: name.trim(), shared });
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('views.name')}
          data-autofocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {mayShare && (
          <Checkbox
            label={t('views.share')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
