import { Button } from '@mantine/core';
import { IconReportMoney } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';

/** Without contracts there is no revenue to show; they come by import. */
export function NoContracts() {
  const { t } = useTranslation('revenue');
  return (
    <EmptyState
      icon={IconReportMoney}
      title={t('empty.title')}
      action={<Button renderRoot={(props) => <Link to="/import/new" {...props} />}>{t('empty.import')}</Button>}
    >
      {t('empty.help')}
    </EmptyState>
  );
}
