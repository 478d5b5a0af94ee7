import {
  Alert,
  Button,
  Divider,
  Group,
  List,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../../api/json';
import type { components } from '../../../api/schema';
import { ErrorState } from '../../../components/ErrorState';
import { InstantText } from '../../../components/InstantText';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { readAgain } from '../account-changes';
import { contactOutreachQuery, type Subject } from '../requests';
import { useCanEdit } from '../use-subject';

type Outreach = components['schemas']['ContactOutreach'];
type Deed = 'given' | 'withdrawn';

/** What mail one person got and agreed to: the mails, the consent with its proof, and a place to record another. */
export function ContactMail({ subject, contactId }: { subject: Subject; contactId: number }) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  const outreach = useQuery(contactOutreachQuery(subject, contactId));
  if (outreach.isPending) return <Skeleton height={160} />;
  if (outreach.isError) return <ErrorState error={outreach.error} onRetry={() => void outreach.refetch()} />;
  const { suppression, preferences, history, mails } = outreach.data;
  const refused = (['service', 'promotion', 'survey'] as const).filter((topic) => !preferences[topic]);
  return (
    <Stack gap="sm" mt="lg">
      <Divider />
      <Title order={3}>{t('mail.title')}</Title>
      {suppression && (
        <Alert color="orange" variant="light" p="xs">
          {t(`mail.suppressed.${suppression.reason}`)}
        </Alert>
      )}
      {refused.length > 0 && !suppression && (
        <Text fz="sm" c="dimmed">
          {t('mail.refuses', { topics: refused.map((topic) => t(`mail.topic.${topic}`)).join(t('mail.and')) })}
        </Text>
      )}
      <Consent consent={outreach.data} />
      {history.length > 0 && <History history={history} />}
      {canEdit && <RecordConsent accountId={subject.id} contactId={contactId} />}
      <Title order={4} mt="xs">
        {t('mail.mails')}
      </Title>
      {mails.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('mail.none')}
        </Text>
      ) : (
        <Mails mails={mails} />
      )}
    </Stack>
  );
}

function Consent({ consent }: { consent: Outreach }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  return (
    <Text fz="sm">
      {t('mail.promotionConsent')}: <b>{t(`consent.${consent.consent}`)}</b>
      {consent.consent_at && <span className="tabular"> · {format.instant(consent.consent_at)}</span>}
      {consent.consent_proof && (
        <Text span fz="xs" c="dimmed" display="block">
          {consent.consent_proof}
        </Text>
      )}
    </Text>
  );
}

function History({ history }: { history: Outreach['history'] }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  return (
    <List listStyleType="none" spacing={4} fz="xs" c="dimmed" aria-label={t('mail.history')}>
      {history.map((event) => (
        <List.Item key={event.id}>
          <span className="tabular">{format.instant(event.at)}</span> {t(`mail.topic.${event.topic}`)}:{' '}
          {t(event.allowed ? 'consent.given' : 'consent.withdrawn')} · {event.how}
          {event.by !== '' && ` (${event.by})`}
        </List.Item>
      ))}
    </List>
  );
}

/** The law asks for the proof: where and how the person said so, and what they were shown. */
function RecordConsent({ accountId, contactId }: { accountId: string; contactId: number }) {
  const { t } = useTranslation('account');
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [what, setWhat] = useState<Deed>('given');
  const [how, setHow] = useState('');
  const [shown, setShown] = useState('');
  const record = useMutation({
    mutationFn: () =>
      sendJson<Outreach>('POST', `/api/contacts/${contactId}/consent`, {
        account_id: Number(accountId),
        allowed: what === 'given',
        how: how.trim(),
        ...(shown.trim() !== '' && { text_shown: shown.trim() }),
      }),
    onSettled: () => readAgain(client, accountId),
  });
  if (!isOpen) {
    return (
      <Group>
        <Button size="xs" variant="default" onClick={() => setOpen(true)}>
          {t('mail.record')}
        </Button>
      </Group>
    );
  }
  return (
    <form
      aria-label={t('mail.record')}
      onSubmit={(event) => {
        event.preventDefault();
        carryOut(record, undefined, {
          onSuccess: () => {
            showToast(t('mail.recorded'));
            setOpen(false);
            setHow('');
            setShown('');
          },
          onError: showProblem,
        });
      }}
    >
      <Stack gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('mail.record')}
          value={what}
          onChange={(next) => setWhat(next === 'withdrawn' ? 'withdrawn' : 'given')}
          data={(['given', 'withdrawn'] as const).map((value) => ({ value, label: t(`mail.deed.${value}`) }))}
        />
        <Textarea
          label={t('mail.how')}
          description={t('mail.howHelp')}
          required
          autosize
          minRows={2}
          maxLength={500}
          value={how}
          onChange={(event) => setHow(event.currentTarget.value)}
        />
        {what === 'given' && (
          <Textarea
            label={t('mail.shown')}
            autosize
            minRows={2}
            maxLength={2000}
            value={shown}
            onChange={(event) => setShown(event.currentTarget.value)}
          />
        )}
        <Group gap={8} justify="flex-end">
          <Button size="xs" variant="default" onClick={() => setOpen(false)}>
            {t('common:cancel')}
          </Button>
          <Button size="xs" type="submit" disabled={how.trim() === ''} loading={record.isPending}>
            {t('mail.keep')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Mails({ mails }: { mails: Outreach['mails'] }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  return (
    <List listStyleType="none" spacing={8} fz="sm" aria-label={t('mail.mails')}>
      {mails.map((mail) => (
        <List.Item key={mail.id}>
          <Link to="/outreach" search={{ room: 'mails', panel: String(mail.id) }}>
            {mail.subject || mail.template_name[language]}
          </Link>
          <Text span fz="xs" c="dimmed" display="block">
            {t(`mail.state.${mail.state}`)} · <InstantText value={mail.sent_at ?? mail.ordered_at} />
            {mail.words[language] !== '' && ` · ${mail.words[language]}`}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
