import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeSource } from '../../api/intake';
import { ErrorState } from '../../components/ErrorState';
import { FirstEvent } from './FirstEvent';
import classes from './Intake.module.css';
import { Snippets } from './Snippets';
import { useSourceDeeds, type SourceWithKey } from './sources';
import { WriteKey } from './WriteKey';

interface NewSourceProps {
  sources: readonly IntakeSource[];
  onClose: () => void;
  onShowEvents: (sourceId: number) => void;
}

/** From a name to the first event: key, program to paste, and the moment it works. */
export function NewSource({ sources, onClose, onShowEvents }: NewSourceProps) {
  const { t } = useTranslation('intake');
  const { create } = useSourceDeeds();
  const made = create.data;
  return (
    <Modal
      opened
      onClose={onClose}
      size={made ? 760 : 'md'}
      title={made ? t('setUp.title', { name: made.name }) : t('sources.new')}
      closeOnClickOutside={made === undefined}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {made ? (
        <SetUp made={made} sources={sources} onClose={onClose} onShowEvents={onShowEvents} />
      ) : (
        <NameForm
          isPending={create.isPending}
          error={create.error}
          onCreate={(name) => create.mutate(name)}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

interface NameFormProps {
  isPending: boolean;
  error: unknown;
  onCreate: (name: string) => void;
  onClose: () => void;
}

function NameForm({ isPending, error, onCreate, onClose }: NameFormProps) {
  const { t } = useTranslation('intake');
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onCreate(name.trim());
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('source.name')}
          description={t('source.nameHelp')}
          data-autofocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {error ? <ErrorState error={error} /> : null}
        <Text fz="sm" c="dimmed">
          {t('source.keyOnce')}
        </Text>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={isPending}>
            {t('source.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function SetUp({ made, sources, onClose, onShowEvents }: NewSourceProps & { made: SourceWithKey }) {
  const { t } = useTranslation('intake');
  return (
    <Stack gap="lg">
      <ol className={classes.steps}>
        <li>
          <h3 className={classes.stepTitle}>{t('setUp.key')}</h3>
          <WriteKey writeKey={made.write_key} />
        </li>
        <li>
          <h3 className={classes.stepTitle}>{t('setUp.send')}</h3>
          <Snippets writeKey={made.write_key} />
        </li>
        <li>
          <h3 className={classes.stepTitle}>{t('setUp.check')}</h3>
          <FirstEvent source={made} all={sources} />
        </li>
      </ol>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={() => onShowEvents(made.id)}>
          {t('setUp.showEvents')}
        </Button>
        <Button onClick={onClose}>{t('setUp.done')}</Button>
      </Group>
    </Stack>
  );
}
