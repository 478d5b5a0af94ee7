import { Button, Group, Popover, Stack, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feature } from '../../api/features';
import { useLanguage } from '../../lib/viewer';
import { useCatalogueDeeds } from './catalogue';

interface RenameInPlaceProps {
  feature: Feature;
  isOpen: boolean;
  onClose: () => void;
  /** The button it opens from. */
  children: ReactElement;
}

/** Both names of a feature, changed where they stand in the list. */
export function RenameInPlace({ feature, isOpen, onClose, children }: RenameInPlaceProps) {
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => !open && onClose()}
      onDismiss={onClose}
      position="bottom-start"
      width={320}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown onClick={(event) => event.stopPropagation()}>
        {isOpen && <NameFields feature={feature} onDone={onClose} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function NameFields({ feature, onDone }: { feature: Feature; onDone: () => void }) {
  const { t } = useTranslation('catalogue');
  const language = useLanguage();
  const { apply } = useCatalogueDeeds();
  const [name, setName] = useState(feature.name);
  const isEmpty = name.ja.trim() === '' && name.en.trim() === '';
  const save = () => {
    const next = { ja: name.ja.trim(), en: name.en.trim() };
    if (next.ja !== feature.name.ja || next.en !== feature.name.en) {
      apply(
        [{ id: feature.id, change: { name: next } }],
        [{ id: feature.id, change: { name: feature.name } }],
        t('rename.done', { name: next[language] || next.ja || next.en }),
      );
    }
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (!isEmpty) save();
      }}
    >
      <Stack gap={8}>
        <TextInput
          size="xs"
          label={t('rename.ja')}
          data-autofocus={language === 'ja' || undefined}
          maxLength={200}
          value={name.ja}
          onChange={(event) => setName({ ...name, ja: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          label={t('rename.en')}
          data-autofocus={language === 'en' || undefined}
          maxLength={200}
          value={name.en}
          onChange={(event) => setName({ ...name, en: event.currentTarget.value })}
        />
        <Group justify="flex-end" gap={8}>
          <Button size="xs" variant="default" onClick={onDone}>
            {t('common:cancel')}
          </Button>
          <Button size="xs" type="submit" disabled={isEmpty}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
