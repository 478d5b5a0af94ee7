import { Anchor, Button, Group, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds } from '../../api/definitions';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { asKey, keyFrom } from '../../lib/key';
import { Preview } from './Preview';
import type { TemplateBody, TemplateKind } from './requests';
import { TemplateForm } from './TemplateForm';

const route = getRouteApi('/_shell/outreach/new/$kind');
const empty = { ja: '', en: '' };

function emptyBody(kind: TemplateKind): TemplateBody {
  const link = kind === 'survey' ? '\n\n{{survey.link}}' : '';
  const mail = {
    name: empty,
    description: '',
    subject: empty,
    body: {
      ja: `{{contact.addressee}}\n\nいつもお世話になっております。{{owner.name}}です。${link}\n`,
      en: `Hello {{contact.addressee}},${link}\n\n{{owner.name}}\n`,
    },
  };
  if (kind === 'mail_template') return { ...mail, purpose: 'service' };
  return {
    ...mail,
    kind: 'csat',
    question: empty,
    low: empty,
    high: empty,
    comment_question: empty,
    thanks: empty,
    open_days: 30,
    reminder_days: [3, 10],
  };
}

/** A template or survey from nothing; it begins as a draft. */
export function NewTemplatePage() {
  const { t } = useTranslation('outreach');
  const { kind: word } = route.useParams();
  const kind: TemplateKind = word === 'survey' ? 'survey' : 'mail_template';
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [body, setBody] = useState(() => emptyBody(kind));
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keyFrom(body.name.en);
  const { saveDraft } = useDefinitionDeeds<TemplateBody>(kind, key);
  const isReady = key !== '' && [body.name, body.subject].every(({ ja, en }) => ja.trim() !== '' && en.trim() !== '');
  const save = () =>
    carryOut(saveDraft, body, {
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: ['outreach', 'templates'] });
        showToast(t('savedDraft'));
        void navigate({ to: '/outreach/$kind/$key', params: { kind, key } });
      },
    });
  return (
    <Page>
      <PageHeader
        title={t(`new.${kind}`)}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/outreach" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      <Stack gap="lg">
        <TemplateForm kind={kind} body={body} onChange={setBody} readOnly={false} />
        <TextInput
          label={t('form.key')}
          maw={360}
          maxLength={64}
          value={key}
          onChange={(event) => setOwnKey(asKey(event.currentTarget.value))}
        />
        {saveDraft.isError && <ErrorState error={saveDraft.error} />}
        <Group>
          <Button onClick={save} disabled={!isReady} loading={saveDraft.isPending}>
            {t('saveDraft')}
          </Button>
        </Group>
        {isReady && <Preview kind={kind} body={body} />}
      </Stack>
    </Page>
  );
}
