import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { contactsQuery, type Subject } from '../requests';
import { useCanEdit } from '../use-subject';
import { ContactCard } from './ContactCard';
import { ContactForm } from './ContactForm';
import { ContactMail } from './ContactMail';

/** One person: a form for those who may change it, a card for everybody else. */
export function ContactPanel({ subject, contactId }: { subject: Subject; contactId: number | undefined }) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  const contacts = useQuery(contactsQuery(subject));
  if (contacts.isPending) return <Skeleton height={320} />;
  if (contacts.isError) return <ErrorState error={contacts.error} onRetry={() => void contacts.refetch()} />;
  const contact = contacts.data.find(({ id }) => id === contactId);
  if (contactId !== undefined && !contact) return <EmptyState title={t('contacts.gone')} />;
  if (!contact) {
    return canEdit ? (
      <ContactForm accountId={subject.id} contact={undefined} />
    ) : (
      <EmptyState title={t('contacts.readOnly')} />
    );
  }
  return (
    <>
      {canEdit ? (
        <ContactForm key={contactId} accountId={subject.id} contact={contact} />
      ) : (
        <ContactCard contact={contact} />
      )}
      <ContactMail key={`mail ${contact.id}`} subject={subject} contactId={contact.id} />
    </>
  );
}
