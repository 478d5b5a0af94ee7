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
import { isComplete } from './edit';
import { JourneyForm } from './JourneyForm';
import { starterJourney } from './starter';
import type { JourneyBody } from './types';

/** A journey, begun from the starter; it is a draft until it is published. */
export function NewJourneyPage() {
  const { t } = useTranslation('journeys');
  const navigate = useNavigate();
  const [body, setBody] = useState<JourneyBody>(starterJourney);
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keyFrom(body.name.en);
  const { saveDraft } = useDefinitionDeeds<JourneyBody>('journey', key);
  const save = () =>
    carryOut(saveDraft, body, {
      onSuccess: () => {
        showToast(t('created'));
        void navigate({ to: '/journeys/$key', params: { key }, search: { tab: 'definition' } });
      },
    });
  return (
    <Page>
      <PageHeader
        title={t('new')}
        subtitle={t('newHelp')}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/journeys" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      <Stack gap="md">
        <JourneyForm body={body} onChange={setBody} />
        <TextInput
          label={t('form.key')}
          description={t('form.keyHelp')}
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
