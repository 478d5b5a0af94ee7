import { Title, UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../../components/data-table/DataTable';
import type { DataColumn } from '../../../components/data-table/types';
import { DateText } from '../../../components/DateText';
import { EmptyState } from '../../../components/EmptyState';
import { useFormat } from '../../../lib/viewer';
import classes from '../Account.module.css';
import { fetchPeople, subjectKey, type Subject } from '../requests';
import type { PersonUse } from '../types';
import { useOpenPanel } from '../use-account-address';

/** Who uses the product. A row walks down to the person's events; known contacts lead to their card. */
export function PeopleTable({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const open = useOpenPanel();
  const columns = useMemo<DataColumn<PersonUse>[]>(
    () => [
      {
        id: 'person',
        header: t('usage.person'),
        width_px: 200,
        cell: (person) => <PersonName person={person} />,
      },
      {
        id: 'email',
        header: t('contacts.email'),
        width_px: 280,
        cell: ({ email, user_key }) => <span title={email || user_key}>{email || user_key}</span>,
      },
      {
        id: 'events',
        header: t('usage.events28'),
        align: 'right',
        width_px: 130,
        cell: ({ events_28d }) => format.number(events_28d),
      },
      {
        id: 'days',
        header: t('usage.daysActive28'),
        align: 'right',
        width_px: 130,
        cell: ({ days_active_28d }) => format.number(days_active_28d),
      },
      {
        id: 'features',
        header: t('usage.features28'),
        align: 'right',
        width_px: 130,
        cell: ({ features_28d }) => format.number(features_28d),
      },
      {
        id: 'last_active',
        header: t('usage.lastActive'),
        width_px: 130,
        cell: ({ last_active_at }) => <DateText value={last_active_at} />,
      },
      {
        id: 'first_seen',
        header: t('usage.firstSeen'),
        width_px: 130,
        onCard: false,
        cell: ({ first_seen_at }) => <DateText value={first_seen_at} form="absolute" />,
      },
    ],
    [t, format],
  );
  const source = useMemo(
    () => ({
      queryKey: subjectKey(subject, 'people'),
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) => fetchPeople(subject, window),
    }),
    [subject],
  );
  return (
    <DataTable
      id="account-people"
      label={t('usage.people')}
      columns={columns}
      source={source}
      rowId={({ user_key }) => user_key}
      rowLabel={({ name, user_key }) => name || user_key}
      onOpen={({ user_key }) => open({ kind: 'events', question: { user_key } })}
      height="content"
      toolbar={<Title order={2}>{t('usage.people')}</Title>}
      empty={<EmptyState title={t('usage.nobody')}>{t('usage.nobodyHelp')}</EmptyState>}
    />
  );
}

function PersonName({ person }: { person: PersonUse }) {
  const open = useOpenPanel();
  const name = person.name || person.email || person.user_key;
  const { contact_id } = person;
  if (contact_id === null) return <span title={name}>{name}</span>;
  return (
    <UnstyledButton className={classes.walk} onClick={() => open({ kind: 'contact', id: contact_id })} title={name}>
      {name}
    </UnstyledButton>
  );
}
