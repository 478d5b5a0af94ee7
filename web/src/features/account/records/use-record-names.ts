import { useQuery } from '@tanstack/react-query';
import { contractsQuery } from '../../../api/contracts';
import { contactsQuery, ticketsQuery, type Subject } from '../requests';

/** What a record is called, where a change only carries its number: a ticket's subject, a person, a product. */
export function useRecordNames(subject: Subject): (entity: string, id: number) => string | undefined {
  const { data: tickets } = useQuery(ticketsQuery(subject));
  const { data: contacts } = useQuery(contactsQuery(subject));
  const { data: contracts } = useQuery(contractsQuery(subject));
  return (entity, id) => {
    switch (entity) {
      case 'ticket':
        return tickets?.items.find((ticket) => ticket.id === id)?.subject;
      case 'contact':
        return contacts?.find((contact) => contact.id === id)?.name;
      case 'subscription':
        return contracts?.items.find((contract) => contract.id === id)?.product;
    }
    return undefined;
  };
}
