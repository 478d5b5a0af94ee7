import { Alert, Button, Group, SegmentedControl, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { AccountSelect, type ChosenAccount } from '../../components/AccountSelect';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import type { Language } from '../../lib/language';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import { MailFrame } from './MailFrame';
import { contactsQuery, previewQuery, type MailPreview, type TemplateBody, type TemplateKind } from './requests';

const pause_ms = 400;

/** What a contact would get, with what is missing; or, where nobody is chosen, an example. */
export function Preview({ kind, body }: { kind: TemplateKind; body: TemplateBody }) {
  const { t } = useTranslation('outreach');
  const shown = useLanguage();
  const mayDefine = useMayDefine();
  const [language, setLanguage] = useState<Language>(shown);
  const [account, setAccount] = useState<ChosenAccount | null>(null);
  const [contact, setContact] = useState<string | null>(null);
  const [settled] = useDebouncedValue(body, pause_ms);
  const to = account && contact ? { account_id: account.id, contact_id: Number(contact) } : undefined;
  const preview = useQuery(previewQuery(kind, settled, language, to));
  const test = useMutation({
    mutationFn: () =>
      sendJson<{ sent_to: string }>('POST', '/api/outreach/test', { kind, body: settled, language, ...to }),
  });
  return (
    <section>
      <Title order={2} mb={8}>
        {t('preview.title')}
      </Title>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <AccountSelect
            label={t('column.account')}
            value={account}
            onChange={(next) => {
              setAccount(next);
              setContact(null);
            }}
          />
          {account && <ContactSelect account={account.id} value={contact} onChange={setContact} />}
          <SegmentedControl
            aria-label={t('preview.language')}
            value={language}
            onChange={(next) => setLanguage(next === 'en' ? 'en' : 'ja')}
            data={[
              { value: 'ja', label: '日本語' },
              { value: 'en', label: 'English' },
            ]}
          />
          {mayDefine && (
            <Button
              variant="default"
              disabled={!preview.data}
              loading={test.isPending}
              onClick={() =>
                carryOut(test, undefined, {
                  onSuccess: ({ sent_to }) => showToast(t('preview.sent', { address: sent_to })),
                  onError: showProblem,
                })
              }
            >
              {t('preview.test')}
            </Button>
          )}
        </Group>
        {preview.isPending && <Skeleton height={300} />}
        {preview.isError && <ErrorState error={preview.error} />}
        {preview.data && <Shown preview={preview.data} />}
      </Stack>
    </section>
  );
}

function ContactSelect({
  account,
  value,
  onChange,
}: {
  account: number;
  value: string | null;
  onChange: (contact: string | null) => void;
}) {
  const { t } = useTranslation('outreach');
  const contacts = useQuery(contactsQuery(account)).data ?? [];
  return (
    <Select
      label={t('column.contact')}
      searchable
      value={value}
      data={contacts.map(({ id, name, email }) => ({ value: String(id), label: email ? `${name} <${email}>` : name }))}
      onChange={onChange}
    />
  );
}

function Shown({ preview }: { preview: MailPreview }) {
  const { t } = useTranslation('outreach');
  const language = useLanguage();
  return (
    <>
      {preview.missing.length > 0 && (
        <Alert color="orange" title={t('preview.missing')}>
          {preview.missing.map(({ label, field }) => `${label[language]} {{${field}}}`).join(' · ')}
        </Alert>
      )}
      {preview.obstacle && preview.missing.length === 0 && (
        <Alert color="yellow" title={t('preview.obstacle')}>
          {preview.obstacle.words[language]}
        </Alert>
      )}
      <Text fz="sm">
        <Text span c="dimmed" fz="sm">
          {t('column.subject')}:{' '}
        </Text>
        {preview.subject}
      </Text>
      <MailFrame title={t('preview.title')} html={preview.html} />
    </>
  );
}
