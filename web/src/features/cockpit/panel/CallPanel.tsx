import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../api/problem';
import { callContextQuery, callQuery } from '../../../api/work';
import { CallLines } from '../../../components/calls/CallLines';
import { ErrorState } from '../../../components/ErrorState';
import { useMayEdit } from '../../../lib/viewer';
import { useAsOf } from '../../../lib/as-of';
import { Comments } from './Comments';
import { Deeds } from './Deeds';
import { Facts } from './Facts';
import { Feedback } from './Feedback';
import { History } from './History';
import { MailDraft } from './MailDraft';
import { People } from './People';
import { ScoreSection } from './ScoreSection';
import { TaskSection } from './TaskSection';
import { Talks } from './Talks';
import { Why } from './Why';

export function PanelTitle({ id }: { id: string }) {
  const { t } = useTranslation('cockpit');
  const { data } = useQuery(callQuery(id));
  return data?.account.name ?? t('panel.loading');
}

/** Everything needed to act on one call, without leaving the list. */
export function CallPanel({ id }: { id: string }) {
  const { t } = useTranslation('cockpit');
  const { isPast } = useAsOf();
  const mayEdit = useMayEdit() && !isPast;
  const { data: call, isError, error, refetch } = useQuery(callQuery(id));
  const context = useQuery(callContextQuery(id));
  if (isError && !call)
    return isProblem(error, 404) ? (
      <Text fz="sm" c="dimmed">
        {t('panel.gone')}
      </Text>
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  if (!call) return <Skeleton height={520} />;
  return (
    <Stack gap="lg">
      <Facts call={call} />
      {mayEdit && <Deeds call={call} />}
      <Section title={t('panel.why')}>
        <Why call={call} />
      </Section>
      {(call.task_list.length > 0 || call.runs.length > 0 || mayEdit) && (
        <Section title={t('panel.tasks')}>
          <TaskSection call={call} mayEdit={mayEdit} />
        </Section>
      )}
      <Section title={t('panel.score')}>
        <ScoreSection account={call.account} />
      </Section>
      {context.isError && <ErrorState error={context.error} onRetry={() => void context.refetch()} />}
      {context.isPending && <Skeleton height={200} />}
      {context.data && (
        <>
          <Section title={t('panel.people')}>
            <People context={context.data} />
          </Section>
          <Section title={t('panel.talks')}>
            <Talks context={context.data} />
          </Section>
          {mayEdit && call.status !== 'closed' && (
            <Section title={t('panel.mail')}>
              <MailDraft call={call} contacts={context.data.contacts} />
            </Section>
          )}
          {context.data.other_calls.length > 0 && (
            <Section title={t('panel.others')}>
              <CallLines calls={context.data.other_calls} withAccount={false} label={t('panel.others')} />
            </Section>
          )}
        </>
      )}
      <Section title={t('panel.comments')}>
        <Comments call={call} mayEdit={mayEdit} />
      </Section>
      {mayEdit && call.source === 'signal' && (
        <Section title={t('panel.feedback')}>
          <Feedback call={call} />
        </Section>
      )}
      <History call={call} />
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb={8}>
        {title}
      </Title>
      {children}
    </section>
  );
}
