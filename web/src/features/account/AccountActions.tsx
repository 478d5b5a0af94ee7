import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconMail, IconNote, IconPencil, IconPhone, IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { knownWords, useKnownWord } from '../../lib/known-words/known-words';
import { inverse, useAccountChange, type AccountPatch } from './account-changes';
import { ownersQuery } from './requests';
import { interactionKinds, type Account, type InteractionKind } from './types';
import { useCanEdit } from './use-subject';

export const interactionIcons = { note: IconNote, meeting: IconUsers, call: IconPhone, mail: IconMail } as const;

interface AccountActionsProps {
  account: Account;
  onCompose: (kind: InteractionKind) => void;
  onEdit: () => void;
}

/** What one does with an account; readers, and everybody while looking at the past, see none of it. */
export function AccountActions({ account, onCompose, onEdit }: AccountActionsProps) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  if (!canEdit) return null;
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button
            size="xs"
            leftSection={<IconPlus size={15} stroke={1.8} />}
            rightSection={<IconChevronDown size={14} stroke={1.8} />}
          >
            {t('actions.log')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {interactionKinds.map((kind) => {
            const Icon = interactionIcons[kind];
            return (
              <Menu.Item key={kind} leftSection={<Icon size={15} stroke={1.6} />} onClick={() => onCompose(kind)}>
                {t(`kind.${kind}`)}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      <PhaseMenu account={account} />
      <OwnerMenu account={account} />
      <Button size="xs" variant="default" leftSection={<IconPencil size={15} stroke={1.6} />} onClick={onEdit}>
        {t('actions.edit')}
      </Button>
    </>
  );
}

/** Sets one thing at once and offers the way back. */
function useQuickChange(account: Account) {
  const { t } = useTranslation('account');
  const change = useAccountChange(String(account.id));
  return (patch: AccountPatch) => {
    const undo = inverse(account, patch);
    carryOut(change, patch, {
      onSuccess: () => showToast(t('edit.saved'), () => carryOut(change, undo, { onError: showProblem })),
      onError: showProblem,
    });
  };
}

function PhaseMenu({ account }: { account: Account }) {
  const { t } = useTranslation('account');
  const word = useKnownWord();
  const set = useQuickChange(account);
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} stroke={1.8} />}>
          {t('actions.phase')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {knownWords.phase.map((phase) => (
          <Menu.Item key={phase} disabled={phase === account.phase} onClick={() => set({ phase })}>
            {word('phase', phase)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function OwnerMenu({ account }: { account: Account }) {
  const { t } = useTranslation('account');
  const { data: owners = [] } = useQuery(ownersQuery);
  const set = useQuickChange(account);
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} stroke={1.8} />}>
          {t('actions.owner')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {owners.map(({ id, name }) => (
          <Menu.Item key={id} disabled={id === account.owner?.id} onClick={() => set({ owner_id: id })}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item disabled={account.owner === null} onClick={() => set({ owner_id: null })}>
          {t('figure.nobody')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
