import { Alert, Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconSend } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionQuery, definitionsQuery } from '../../../api/definitions';
import { sendJson } from '../../../api/json';
import type { components } from '../../../api/schema';
import { workKey, type CallContext, type CallDetail } from '../../../api/work';
import { ErrorState } from '../../../components/ErrorState';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage } from '../../../lib/viewer';
import classes from '../Cockpit.module.css';

type MailPreview = components['schemas']['MailPreview'];
type MailOrdered = components['schemas']['MailOrdered'];
type TemplateBody = Record<string, unknown>;

interface MailDraftProps {
  call: CallDetail;
  contacts: CallContext['contacts'];
}

/** A mail from a template to one of the contacts: seen as they will get it, with what is missing, and then sent. */
export function MailDraft({ call, contacts }: MailDraftProps) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const reachable = contacts.filter(({ email }) => email !== '');
  const { data: templates } = useQuery(definitionsQuery('mail_template'));
  const published = templates?.filter(({ version }) => version > 0) ?? [];
  const [template, setTemplate] = useState<string | null>(null);
  const [contact, setContact] = useState<string | null>(null);
  const contactId = contact ?? (reachable[0] ? String(reachable[0].id) : null);
  if (templates && published.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('mail.noTemplates')}
      </Text>
    );
  if (reachable.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('mail.nobody')}
      </Text>
    );
  return (
    <Stack gap="sm">
      <div className={classes.grid}>
        <Select
          size="xs"
          label={t('mail.template')}
          placeholder={t('mail.choose')}
          searchable
          data={published.map(({ key, name }) => ({ value: key, label: name[language] }))}
          value={template}
          onChange={setTemplate}
        />
        <Select
          size="xs"
          label={t('mail.to')}
          allowDeselect={false}
          data={reachable.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={contactId}
          onChange={setContact}
        />
      </div>
      {template && contactId && (
        <Draft
          key={`${template}-${contactId}`}
          call={call}
          template={template}
          contactId={Number(contactId)}
          onSent={() => setTemplate(null)}
        />
      )}
    </Stack>
  );
}

interface DraftProps {
  call: CallDetail;
  template: string;
  contactId: number;
  onSent: () => void;
}

function Draft({ call, template, contactId, onSent }: DraftProps) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const client = useQueryClient();
  const definition = useQuery(definitionQuery<TemplateBody>('mail_template', template));
  const body = definition.data?.body;
  const preview = useQuery({
    queryKey: ['outreach', 'preview', template, definition.data?.version, call.account.id, contactId],
    queryFn: ({ signal }) =>
      sendJson<MailPreview>(
        'POST',
        '/api/outreach/preview',
        { kind: 'mail_template', body, account_id: call.account.id, contact_id: contactId, language: null },
        signal,
      ),
    enabled: body !== undefined && body !== null,
  });
  // One key for as long as this draft is open: a second click, or a second try after a lost answer, is the same mail.
  const [uniqueKey] = useState(() => `call:${call.id}:${crypto.randomUUID()}`);
  const order = useMutation({
    mutationFn: () =>
      sendJson<MailOrdered>('POST', '/api/outreach/mails', {
        template,
        account_id: call.account.id,
        contact_id: contactId,
        unique_key: uniqueKey,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: workKey }),
  });
  const send = () =>
    carryOut(order, undefined, {
      onSuccess: ({ words }) => {
        showToast(words[language]);
        onSent();
      },
      onError: showProblem,
    });
  if (definition.isError) return <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />;
  if (preview.isError) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <Skeleton height={220} />;
  const { subject, html, to, missing, obstacle } = preview.data;
  return (
    <Stack gap="sm">
      <Text fz="sm">
        <b>{subject}</b>
        {to && <span className={classes.note}>{to}</span>}
      </Text>
      {/* A document of its own, in which nothing runs and which reaches nothing of ours. */}
      <iframe className={classes.mail} title={t('mail.preview')} sandbox="" srcDoc={html} />
      {missing.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} stroke={1.6} />} title={t('mail.missing')}>
          {missing.map(({ label }) => label[language]).join(t('mail.comma'))}
        </Alert>
      )}
      {obstacle && (
        <Text fz="sm" role="status">
          {obstacle.words[language]}
        </Text>
      )}
      <Group justify="flex-end">
        <Button
          size="xs"
          leftSection={<IconSend size={15} stroke={1.6} />}
          loading={order.isPending}
          disabled={missing.length > 0}
          onClick={send}
        >
          {t('mail.send')}
        </Button>
      </Group>
    </Stack>
  );
}
