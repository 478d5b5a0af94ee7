import { Anchor, Button, Group, Stack, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds } from '../../api/definitions';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { asKey, keyFrom } from '../../lib/key';
import { cleaned, isComplete } from './edit';
import { MessageForm } from './MessageForm';
import { emptyMessage, type MessageBody } from './types';

/** A message from nothing; it begins as a draft. */
export function NewMessagePage() {
  const { t } = useTranslation('in-app');
  const navigate = useNavigate();
  const [body, setBody] = useState(emptyMessage);
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keyFrom(body.name.en);
  const { saveDraft } = useDefinitionDeeds<MessageBody>('in_app_message', key);
  const save = () =>
    carryOut(saveDraft, cleaned(body), {
      onSuccess: () => {
        showToast(t('created'));
        void navigate({ to: '/in-app/$key', params: { key } });
      },
    });
  return (
    <Page>
      <PageHeader
        title={t('new')}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/in-app" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      <Stack gap="md">
        <MessageForm body={body} onChange={setBody} />
        <TextInput
          label={t('field.key')}
          description={t('field.keyHelp')}
          maw={360}
          maxLength={64}
          value={key}
          onChange={(event) => setOwnKey(asKey(event.currentTarget.value))}
        />
        {saveDraft.isError && <ErrorState error={saveDraft.error} />}
        <Group>
          <Button onClick={save} disabled={!isComplete(body) || key === ''} loading={saveDraft.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </Page>
  );
}
