import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { contactsQuery, type Subject } from '../requests';
import { useCanEdit } from '../use-subject';
import { ContactCard } from './ContactCard';
import { ContactForm } from './ContactForm';

/** One person: a form for those who may change it, a card for everybody else. */
export function ContactPanel({ subject, contactId }: { subject: Subject; contactId: number | undefined }) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  const contacts = useQuery(contactsQuery(subject));
  if (contacts.isPending) return <Skeleton height={320} />;
  if (contacts.isError) return <ErrorState error={contacts.error} onRetry={() => void contacts.refetch()} />;
  const contact = contacts.data.find(({ id }) => id === contactId);
  if (contactId !== undefined && !contact) return <EmptyState title={t('contacts.gone')} />;
  if (canEdit) return <ContactForm key={contactId} accountId={subject.id} contact={contact} />;
  return contact ? <ContactCard contact={contact} /> : <EmptyState title={t('contacts.readOnly')} />;
}
