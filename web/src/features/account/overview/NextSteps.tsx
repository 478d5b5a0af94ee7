import { Badge, Button, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { contractsQuery } from '../../../api/contracts';
import { DateText } from '../../../components/DateText';
import { useFormat } from '../../../lib/viewer';
import classes from '../Overview.module.css';
import { byImportance, isPresent } from '../contacts/importance';
import { DaysLeft } from '../HeaderFigures';
import { contactsQuery, ticketsQuery, timelineQuery, type Subject } from '../requests';
import { SectionLink } from '../SectionLink';
import type { InteractionKind, Ticket } from '../types';
import { useCanEdit } from '../use-subject';
import { RenewalJudgement } from './RenewalJudgement';
import { Segments } from './Segments';
import { Step } from './Step';

interface NextStepsProps {
  subject: Subject;
  onCompose: (kind: InteractionKind) => void;
}

/** What waits: the renewal, open tickets, the next conversation, and with whom. */
export function NextSteps({ subject, onCompose }: NextStepsProps) {
  const { t } = useTranslation('account');
  return (
    <aside className={classes.nextSteps} aria-label={t('next.title')}>
      <Renewal subject={subject} />
      <OpenTickets subject={subject} />
      <LastConversation subject={subject} onCompose={onCompose} />
      <Champions subject={subject} />
      {subject.asOf === undefined && <Segments accountId={subject.id} />}
    </aside>
  );
}

function Renewal({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { data, isPending } = useQuery(contractsQuery(subject));
  const totals = data?.totals;
  return (
    <Step title={t('next.renewal')} link={<SectionLink section="contracts" />}>
      {isPending && <Skeleton height={60} />}
      {totals && totals.next_renewal_day === null && <Text c="dimmed">{t('next.noRenewal')}</Text>}
      {totals && totals.next_renewal_day !== null && (
        <dl className={classes.stepFacts}>
          <dt>{t('figure.renewal')}</dt>
          <dd>
            <DaysLeft day={totals.next_renewal_day} />
          </dd>
          <dt>{t('figure.notice')}</dt>
          <dd>
            <DaysLeft day={totals.notice_deadline} />
          </dd>
          <dt>{t('figure.seats')}</dt>
          <dd>{format.number(totals.seats)}</dd>
        </dl>
      )}
      <RenewalJudgement subject={subject} />
    </Step>
  );
}

const priorityRank: Record<Ticket['priority'], number> = { urgent: 0, high: 1, normal: 2, low: 3 };
const mostTickets = 3;

function OpenTickets({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const { data, isPending } = useQuery(ticketsQuery(subject));
  const open = (data?.items ?? [])
    .filter(({ status }) => status !== 'closed')
    .toSorted((a, b) => priorityRank[a.priority] - priorityRank[b.priority] || a.opened_at.localeCompare(b.opened_at));
  return (
    <Step title={t('next.tickets', { count: open.length })} link={<SectionLink section="tickets" />}>
      {isPending && <Skeleton height={48} />}
      {data && open.length === 0 && <Text c="dimmed">{t('next.noTickets')}</Text>}
      <ul className={classes.stepList}>
        {open.slice(0, mostTickets).map((ticket) => (
          <li key={ticket.id}>
            <span>{ticket.subject}</span>
            <Text span fz="xs" c="dimmed">
              {ticket.priority === 'urgent' || ticket.priority === 'high'
                ? `${t(`priority.${ticket.priority}`)} · `
                : ''}
              <DateText value={ticket.opened_at} />
            </Text>
          </li>
        ))}
      </ul>
    </Step>
  );
}

function LastConversation({ subject, onCompose }: NextStepsProps) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  const { data, isPending } = useInfiniteQuery(timelineQuery(subject, ['meeting', 'call']));
  const last = data?.pages[0]?.items[0];
  return (
    <Step title={t('next.conversation')} link={<SectionLink section="timeline" />}>
      {isPending && <Skeleton height={60} />}
      {data && !last && <Text c="dimmed">{t('next.noConversation')}</Text>}
      {last && (
        <Stack gap={2}>
          <Text fz="xs" c="dimmed" component="div">
            {t(`kind.${last.kind}`)} · <DateText value={last.at} /> {last.who && `· ${last.who}`}
          </Text>
          <Text fw={550}>{last.title}</Text>
          {last.body && (
            <Text fz="sm" lineClamp={4}>
              {last.body}
            </Text>
          )}
        </Stack>
      )}
      {canEdit && (
        <Button size="compact-sm" variant="default" mt={8} onClick={() => onCompose('meeting')}>
          {t('next.logMeeting')}
        </Button>
      )}
    </Step>
  );
}

const mostPeople = 4;

function Champions({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const { data, isPending } = useQuery(contactsQuery(subject));
  const people = (data ?? [])
    .filter(isPresent)
    .filter(({ roles }) => roles.some((role) => role !== 'user'))
    .toSorted(byImportance)
    .slice(0, mostPeople);
  return (
    <Step title={t('next.people')} link={<SectionLink section="contacts" />}>
      {isPending && <Skeleton height={72} />}
      {data && people.length === 0 && <Text c="dimmed">{t('next.noPeople')}</Text>}
      <ul className={classes.stepList}>
        {people.map((contact) => (
          <li key={contact.id}>
            <span>
              {contact.name}{' '}
              {contact.roles
                .filter((role) => role !== 'user')
                .map((role) => (
                  <Badge key={role} size="sm" mr={4}>
                    {t(`role.${role}`)}
                  </Badge>
                ))}
            </span>
            {(contact.department || contact.title) && (
              <Text span fz="xs" c="dimmed">
                {[contact.department, contact.title].filter(Boolean).join(' · ')}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Step>
  );
}
