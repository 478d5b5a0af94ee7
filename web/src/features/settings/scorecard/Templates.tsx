import { Button, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage } from '../../../lib/viewer';
import { startFromTemplate, templatesQuery, type DefinitionTemplate } from '../definitions';
import settings from '../Settings.module.css';

/** Starts from a published practice instead of from nothing. */
export function TemplatesButton() {
  const { t } = useTranslation('settings');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('templates.button')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size="lg"
        title={t('templates.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {opened && <TemplateList onDone={() => setOpened(false)} />}
      </Modal>
    </>
  );
}

function TemplateList({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('settings');
  const templates = useQuery(templatesQuery);
  return (
    <Stack gap="md">
      <Text fz="sm" c="dimmed">
        {t('templates.help')}
      </Text>
      {templates.isPending && <Skeleton height={96} />}
      {templates.isError && <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />}
      {templates.data?.length === 0 && <Text fz="sm">{t('templates.none')}</Text>}
      {templates.data?.map((template) => (
        <TemplateCard key={template.key} template={template} onDone={onDone} />
      ))}
    </Stack>
  );
}

function TemplateCard({ template, onDone }: { template: DefinitionTemplate; onDone: () => void }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const client = useQueryClient();
  const start = useMutation({
    mutationFn: startFromTemplate,
    onSuccess: () => client.invalidateQueries({ queryKey: ['definitions'] }),
  });
  const send = () =>
    carryOut(start, template.key, {
      onSuccess: ({ drafts }) => {
        showToast(t('templates.started', { count: drafts }));
        onDone();
      },
    });
  return (
    <div className={`${settings.box} ${settings.boxBody}`}>
      <Stack gap={8} align="flex-start">
        <Text fw={600}>{template.name[language]}</Text>
        <Text fz="sm">{template.description[language]}</Text>
        {start.isError && <ErrorState error={start.error} />}
        <Button size="xs" loading={start.isPending} onClick={send}>
          {t('templates.start')}
        </Button>
      </Stack>
    </div>
  );
}
