import { Badge, Button, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useKnownWord } from '../../../lib/known-words/known-words';
import { useFormat } from '../../../lib/viewer';
import sharedClasses from '../Account.module.css';
import recordsClasses from '../Records.module.css';
import classes from '../Tables.module.css';
import { Panel } from '../Panel';
import { contactsQuery, type Subject } from '../requests';
import type { Contact } from '../types';
import { useOpenPanel } from '../use-account-address';
import { useCanEdit } from '../use-subject';
import { byImportance, isPresent } from './importance';
import { useLastActive } from './use-last-active';

/** The people of the account: champions and sponsors first, those who left at the end. */
export function ContactsSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  const open = useOpenPanel();
  const [withFormer, setWithFormer] = useState(false);
  const contacts = useQuery(contactsQuery(subject));
  const lastActive = useLastActive(subject);
  if (contacts.isPending) return <Skeleton height={320} />;
  if (contacts.isError) return <ErrorState error={contacts.error} onRetry={() => void contacts.refetch()} />;
  const sorted = contacts.data.toSorted(byImportance);
  const former = sorted.filter((contact) => !isPresent(contact)).length;
  const shown = withFormer ? sorted : sorted.filter(isPresent);
  const add = canEdit && (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlus size={15} stroke={1.8} />}
      onClick={() => open({ kind: 'newContact' })}
    >
      {t('contacts.add')}
    </Button>
  );
  return (
    <Panel title={t('tabs.contacts')} aside={add}>
      {sorted.length > 0 && !sorted.some((contact) => isPresent(contact) && contact.roles.includes('champion')) && (
        <Text className={recordsClasses.warning} role="note">
          {t('contacts.noChampion')}
        </Text>
      )}
      {sorted.length === 0 ? (
        <EmptyState title={t('contacts.none')} action={add}>
          {t('contacts.noneHelp')}
        </EmptyState>
      ) : (
        <table className={classes.records} aria-label={t('tabs.contacts')}>
          <thead>
            <tr>
              <th scope="col">{t('contacts.name')}</th>
              <th scope="col">{t('contacts.roles')}</th>
              <th scope="col">{t('contacts.email')}</th>
              <th scope="col">{t('contacts.language')}</th>
              <th scope="col">{t('contacts.consent')}</th>
              <th scope="col">{t('contacts.lastActive')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((contact) => (
              <ContactRow
                key={contact.id}
                contact={contact}
                lastActive={lastActive(contact)}
                onOpen={() => open({ kind: 'contact', id: contact.id })}
              />
            ))}
          </tbody>
        </table>
      )}
      {former > 0 && (
        <Button variant="subtle" size="compact-sm" mt={8} onClick={() => setWithFormer((now) => !now)}>
          {withFormer ? t('contacts.hideFormer') : t('contacts.showFormer', { count: former })}
        </Button>
      )}
    </Panel>
  );
}

interface ContactRowProps {
  contact: Contact;
  lastActive: string | null;
  onOpen: () => void;
}

function ContactRow({ contact, lastActive, onOpen }: ContactRowProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const word = useKnownWord();
  return (
    <tr data-quiet={!isPresent(contact) || undefined}>
      <th scope="row">
        <UnstyledButton className={sharedClasses.walk} onClick={onOpen}>
          {contact.name}
        </UnstyledButton>
        <Text span fz="xs" c="dimmed" className={classes.second}>
          {[contact.reading, contact.department, contact.title].filter(Boolean).join(' · ')}
        </Text>
        {contact.left_day && (
          <Text span fz="xs" c="dimmed" className={classes.second}>
            {t('contacts.leftOn', { day: format.day(contact.left_day) })}
          </Text>
        )}
      </th>
      <td data-label={t('contacts.roles')}>
        <span className={classes.badges}>
          {contact.roles.length === 0 && '–'}
          {contact.roles.map((role) => (
            <Badge key={role} size="sm" data-champion={role === 'champion' || undefined} className={classes.role}>
              {t(`role.${role}`)}
            </Badge>
          ))}
        </span>
      </td>
      <td data-label={t('contacts.email')}>
        {contact.email ? <a href={`mailto:${contact.email}`}>{contact.email}</a> : '–'}
      </td>
      <td data-label={t('contacts.language')} data-whole>
        {word('language', contact.language)}
      </td>
      <td data-label={t('contacts.consent')} data-whole title={contact.consent.proof ?? undefined}>
        {t(`consent.${contact.consent.state}`)}
      </td>
      <td data-label={t('contacts.lastActive')} data-whole>
        <DateText value={lastActive} />
      </td>
    </tr>
  );
}
