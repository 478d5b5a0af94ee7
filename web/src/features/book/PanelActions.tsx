import { SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BookField } from '../../api/book-fields';
import { useBulkChange, type AccountSet } from './changes';
import { OwnerSelect } from './OwnerSelect';
import { PhaseSelect } from './PhaseSelect';
import type { BookRow } from './types';

interface PanelActionsProps {
  accountId: number;
  account: Pick<BookRow, 'name' | 'owner' | 'phase'> | undefined;
  fields: readonly BookField[];
  disabled: boolean;
  isPast: boolean;
}

/** Owner and phase, changed on the spot. A change of one is a change of many with one in it, and is undone the same way. */
export function PanelActions({ accountId, account, fields, disabled, isPast }: PanelActionsProps) {
  const { t } = useTranslation('book');
  const { apply, pending } = useBulkChange();
  const change = (set: AccountSet) =>
    void apply({ ids: [accountId], set, why: undefined }, () => t('panel.changed', { name: account?.name ?? '' }));
  const owner = account?.owner;
  return (
    <>
      <SimpleGrid cols={2} spacing="sm">
        <OwnerSelect
          size="xs"
          label={t('bulk.ownerLabel')}
          value={pending?.owner_id !== undefined ? pending.owner_id : owner ? (owner.id ?? undefined) : null}
          placeholder={owner?.name}
          onChange={(owner_id) => change({ owner_id })}
          disabled={disabled}
        />
        <PhaseSelect
          size="xs"
          label={t('bulk.phaseLabel')}
          fields={fields}
          value={pending?.phase ?? account?.phase ?? null}
          onChange={(phase) => change({ phase })}
          disabled={disabled}
        />
      </SimpleGrid>
      {isPast && (
        <Text fz="xs" c="dimmed" mt={6}>
          {t('panel.pastReadOnly')}
        </Text>
      )}
    </>
  );
}
