import { Kbd, Modal, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { createOpenState } from '../../lib/open-state';
import { useShortcut, useShortcuts } from '../../lib/shortcuts';

const overlay = createOpenState();

export const openShortcuts = overlay.open;

/** What the keys do on this page right now. */
export function ShortcutsOverlay() {
  const { t } = useTranslation('app');
  const isOpen = overlay.useIsOpen();
  const shortcuts = useShortcuts();
  useShortcut({ key: '?', label: t('keys.title'), group: t('keys.everywhere') }, openShortcuts);
  const groups = Map.groupBy(shortcuts, ({ group }) => group);
  return (
    <Modal
      opened={isOpen}
      onClose={overlay.close}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {[...groups].map(([group, entries]) => (
        <section key={group}>
          <Title order={3} mb={4}>
            {group}
          </Title>
          <Table mb="md">
            <Table.Tbody>
              {entries.map(({ key, label }) => (
                <Table.Tr key={key + label}>
                  <Table.Td>{label}</Table.Td>
                  <Table.Td ta="right">
                    <Kbd>
                      {key
                        .replace('mod+', 'Ctrl / ⌘ ')
                        .replace(/ (\w)$/, (_, letter: string) => ` ${letter.toUpperCase()}`)}
                    </Kbd>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      ))}
    </Modal>
  );
}
