import { Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { ErrorState } from '../../components/ErrorState';
import { InstantText } from '../../components/InstantText';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayEdit } from '../../lib/viewer';
import { MailFrame } from './MailFrame';
import { MailStateText } from './MailStateText';
import { mailQuery, type MailDetail } from './requests';

/** One mail: what it says, what happened to it, and what can be done. */
export function MailPanel({ id }: { id: string }) {
  const { t } = useTranslation('outreach');
  const language = useLanguage();
  const mail = useQuery(mailQuery(id));
  if (mail.isPending) return <Skeleton height={240} />;
  if (mail.isError) return <ErrorState error={mail.error} onRetry={() => void mail.refetch()} />;
  const { data } = mail;
  return (
    <Stack gap="md">
      <div>
        <Title order={3}>{data.subject}</Title>
        <Text fz="sm">
          {data.contact_name} &lt;{data.address}&gt; ·{' '}
          <Anchor
            fz="sm"
            renderRoot={(props) => (
              <Link to="/accounts/$accountId" params={{ accountId: String(data.account_id) }} {...props} />
            )}
          >
            {data.account_name}
          </Anchor>
        </Text>
        <MailStateText mail={data} />
      </div>
      <MailDeeds mail={data} />
      {data.html && <MailFrame title={data.subject} html={data.html} />}
      <section>
        <Title order={4} mb={6}>
          {t('mails.history')}
        </Title>
        <Stack gap={6} component="ol" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {data.history.map(({ at, event, words, by }, index) => (
            <Text key={index} component="li" fz="sm">
              <InstantText value={at} form="both" /> {t(`event.${event}`, { defaultValue: event })}
              {words[language] && `: ${words[language]}`}
              {by && ` (${by})`}
            </Text>
          ))}
        </Stack>
      </section>
    </Stack>
  );
}

function MailDeeds({ mail }: { mail: MailDetail }) {
  const { t } = useTranslation('outreach');
  const mayEdit = useMayEdit();
  const client = useQueryClient();
  const deed = useMutation({
    mutationFn: ({ path, body }: { path: string; body?: unknown }) =>
      sendJson('POST', `/api/outreach/mails/${mail.id}/${path}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['outreach'] }),
  });
  if (!mayEdit) return null;
  const button = (label: string, path: string, body?: unknown) => (
    <Button
      key={label}
      size="xs"
      variant="default"
      loading={deed.isPending}
      onClick={() => carryOut(deed, { path, body }, { onSuccess: () => showToast(t('done')), onError: showProblem })}
    >
      {label}
    </Button>
  );
  return (
    <Group gap="xs">
      {mail.state === 'queued' && button(t('deed.cancel'), 'cancel')}
      {mail.state === 'unclear' && button(t('deed.wasSent'), 'resolve', { as: 'sent' })}
      {mail.state === 'unclear' && button(t('deed.wasNotSent'), 'resolve', { as: 'failed' })}
      {(mail.state === 'unclear' || mail.state === 'failed') &&
        button(t('deed.sendAgain'), 'resolve', { as: 'send_again' })}
    </Group>
  );
}
