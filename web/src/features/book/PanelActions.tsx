import { SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { showProblem, showToast } from '../../components/toast';
import { useBulkChange, type AccountSet } from './changes';
import { OwnerSelect } from './OwnerSelect';
import { PhaseSelect } from './PhaseSelect';
import type { BookField, BookRow } from './types';

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
  const { change, undo } = useBulkChange();
  const pending = change.isPending ? change.variables.set : undefined;
  const apply = (set: AccountSet) =>
    change.mutate(
      { ids: [accountId], set, why: undefined },
      {
        onSuccess: ({ batch_id }) =>
          showToast(t('panel.changed', { name: account?.name ?? '' }), () =>
            undo.mutate(batch_id, { onError: showProblem }),
          ),
        onError: showProblem,
      },
    );
  const owner = account?.owner;
  return (
    <>
      <SimpleGrid cols={2} spacing="sm">
        <OwnerSelect
          size="xs"
          label={t('bulk.ownerLabel')}
          value={pending?.owner_id !== undefined ? pending.owner_id : owner ? (owner.id ?? undefined) : null}
          placeholder={owner?.name}
          onChange={(owner_id) => apply({ owner_id })}
          disabled={disabled}
        />
        <PhaseSelect
          size="xs"
          label={t('bulk.phaseLabel')}
          fields={fields}
          value={pending?.phase ?? account?.phase ?? null}
          onChange={(phase) => apply({ phase })}
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
