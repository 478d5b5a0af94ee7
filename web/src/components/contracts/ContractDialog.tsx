import { Modal, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { contractsQuery, type Subscription } from '../../api/contracts';
import { EmptyState } from '../EmptyState';
import { ErrorState } from '../ErrorState';
import { ContractForm } from './ContractForm';
import { EndContract } from './EndContract';
import { RemoveContract } from './RemoveContract';

/** What is to be done: to a contract by its id, or with a new one. */
export type ContractDeed = { deed: 'add' } | { deed: 'edit' | 'end' | 'remove'; id: number };

interface ContractDialogProps {
  accountId: string;
  /** Nothing is open while there is none. */
  what: ContractDeed | null;
  onClose: () => void;
}

/** Adds, changes, ends or removes a contract of the account, wherever on the way it is shown. */
export function ContractDialog({ accountId, what, onClose }: ContractDialogProps) {
  const { t } = useTranslation('contracts');
  const isPhone = useMediaQuery('(max-width: 40em)');
  const isForm = what?.deed === 'add' || what?.deed === 'edit';
  return (
    <Modal
      opened={what !== null}
      onClose={onClose}
      size={isForm ? 'xl' : 'md'}
      fullScreen={isPhone && isForm}
      title={what && t(`title.${what.deed}`)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {what?.deed === 'add' && <ContractForm accountId={accountId} onClose={onClose} />}
      {what && what.deed !== 'add' && (
        <WithContract accountId={accountId} id={what.id}>
          {(contract) => {
            const props = { accountId, contract, onClose };
            if (what.deed === 'edit') return <ContractForm {...props} />;
            return what.deed === 'end' ? <EndContract {...props} /> : <RemoveContract {...props} />;
          }}
        </WithContract>
      )}
    </Modal>
  );
}

interface WithContractProps {
  accountId: string;
  id: number;
  children: (contract: Subscription) => ReactNode;
}

/** The contract as it is now: what a list shows of it may be less, or older. */
function WithContract({ accountId, id, children }: WithContractProps) {
  const { t } = useTranslation('contracts');
  const contracts = useQuery(contractsQuery({ id: accountId, asOf: undefined }));
  // As it was when the dialog opened: what is compared and undone, also once the list shows the change.
  const [first, setFirst] = useState<Subscription>();
  const found = contracts.data?.items.find((item) => item.id === id);
  if (found && !first) setFirst(found);
  const contract = first ?? found;
  if (contract) return children(contract);
  if (contracts.isPending) return <Skeleton height={320} />;
  if (contracts.isError) return <ErrorState error={contracts.error} onRetry={() => void contracts.refetch()} />;
  return <EmptyState title={t('gone')} />;
}
