import { Button, Group } from '@mantine/core';
import { IconFilterOff, IconDatabaseImport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { useMayEdit } from '../../lib/viewer';

/** Nothing in the list: because the filter matches nothing, or because there is no data yet. Each has its next step. */
export function BookEmpty({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
  const { t } = useTranslation('book');
  const mayEdit = useMayEdit();
  if (isNarrowed) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('empty.noMatch')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('filter.clear')}
          </Button>
        }
      >
        {t('empty.noMatchDetail')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconDatabaseImport}
      title={t('empty.noData')}
      action={
        mayEdit && (
          <Group gap={8}>
            <Button renderRoot={(props) => <Link to="/import" {...props} />}>{t('empty.import')}</Button>
          </Group>
        )
      }
    >
      {t('empty.noDataDetail')}
    </EmptyState>
  );
}
