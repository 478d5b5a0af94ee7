import { Button, Group, List, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feature } from '../../api/features';
import { useFormat, useLanguage } from '../../lib/viewer';
import { grouping, useCatalogueDeeds } from './catalogue';

interface GroupDialogProps {
  features: readonly Feature[];
  onClose: () => void;
  onDone: () => void;
}

/** Several features become one: which of them stays, and what it is called. */
export function GroupDialog({ features, onClose, onDone }: GroupDialogProps) {
  const { t } = useTranslation('catalogue');
  const language = useLanguage();
  const format = useFormat();
  const { apply } = useCatalogueDeeds();
  const most = features.toSorted((a, b) => b.events - a.events);
  const [target, setTarget] = useState(most[0]!);
  const [name, setName] = useState(target.name);
  const types = features.flatMap((feature) => feature.types);
  const isEmpty = name.ja.trim() === '' && name.en.trim() === '';
  const group = () => {
    const { forth, back } = grouping(
      target,
      features.filter(({ id }) => id !== target.id),
      { ja: name.ja.trim(), en: name.en.trim() },
    );
    apply(
      forth,
      back,
      t('group.done', { count: features.length, formatted: format.number(features.length), name: name[language] }),
    );
    onDone();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('group.title', { count: features.length, formatted: format.number(features.length) })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isEmpty) group();
        }}
      >
        <Stack gap="md">
          <Radio.Group
            label={t('group.target')}
            description={t('group.targetHelp')}
            value={String(target.id)}
            onChange={(id) => {
              const next = features.find((feature) => String(feature.id) === id);
              if (!next) return;
              setTarget(next);
              setName(next.name);
            }}
          >
            <Stack gap={6} mt={8}>
              {most.map((feature) => (
                <Radio
                  key={feature.id}
                  value={String(feature.id)}
                  label={feature.name[language] || feature.key}
                  description={t('group.events', { formatted: format.number(feature.events) })}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Group gap={12} grow>
            <TextInput
              label={t('rename.ja')}
              maxLength={200}
              value={name.ja}
              onChange={(event) => setName({ ...name, ja: event.currentTarget.value })}
            />
            <TextInput
              label={t('rename.en')}
              maxLength={200}
              value={name.en}
              onChange={(event) => setName({ ...name, en: event.currentTarget.value })}
            />
          </Group>
          <div>
            <Text fz="sm" fw={500}>
              {t('column.types')}
            </Text>
            <List fz="sm">
              {types.map((type) => (
                <List.Item key={type.kind + type.name}>
                  <code>{type.name || type.kind}</code>
                </List.Item>
              ))}
            </List>
          </div>
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={isEmpty}>
              {t('group.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
