import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconFolderSymlink, IconGripVertical, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import { handleProps, useReordering } from './reorder';
import { allGroups, childrenOf, mayMove, pathText, type Place } from './tree';

interface MoveProps {
  place: Place;
  name: string;
}

/** By what a row is taken hold of: drag it, or press the arrow keys. */
export function MoveHandle({ place, name }: MoveProps) {
  const { t } = useTranslation('settings');
  const reordering = useReordering();
  if (!reordering) return null;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      style={{ cursor: 'grab' }}
      aria-label={t('order.handle', { name })}
      title={t('order.help')}
      {...handleProps(reordering, place, name)}
    >
      <IconGripVertical size={15} aria-hidden />
    </ActionIcon>
  );
}

/** Moving and removing for those who do not drag: fingers, keys. */
export function MoveMenu({ place, name, onRemove }: MoveProps & { onRemove: () => void }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const reordering = useReordering();
  if (!reordering) return null;
  const { groups, step, move } = reordering;
  const siblings = childrenOf(groups, place.parent);
  const count = place.kind === 'group' ? siblings.groups.length : siblings.measures.length;
  const parents = allGroups(groups).filter(
    ({ path }) => pathText(path) !== pathText(place.parent) && mayMove(groups, place, path),
  );
  const mayBeOutermost = place.kind === 'group' && place.parent.length > 0;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('order.menu', { name })}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowUp size={14} />}
          disabled={place.index === 0}
          onClick={() => step(place, -1, name)}
        >
          {t('order.up')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={14} />}
          disabled={place.index === count - 1}
          onClick={() => step(place, 1, name)}
        >
          {t('order.down')}
        </Menu.Item>
        {(parents.length > 0 || mayBeOutermost) && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('order.into')}</Menu.Label>
            {mayBeOutermost && (
              <Menu.Item leftSection={<IconFolderSymlink size={14} />} onClick={() => move(place, [])}>
                {t('order.outermost')}
              </Menu.Item>
            )}
            {parents.map(({ group, path }) => (
              <Menu.Item
                key={group.key}
                leftSection={<IconFolderSymlink size={14} />}
                onClick={() => move(place, path)}
              >
                {group.name[language] || group.key}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconX size={14} />} c="var(--mantine-color-error)" onClick={onRemove}>
          {t('order.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
