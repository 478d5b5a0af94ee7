import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/EmptyState';
import { ErrorState } from '../components/ErrorState';
import { Page } from '../components/Page';

export function NotFound() {
  const { t } = useTranslation('app');
  return (
    <Page>
      <EmptyState
        icon={IconMapOff}
        titleOrder={1}
        title={t('notFound.title')}
        action={
          <Button component={Link} to="/" variant="default">
            {t('notFound.action')}
          </Button>
        }
      >
        {t('notFound.detail')}
      </EmptyState>
    </Page>
  );
}

export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page narrow>
      <ErrorState error={error} onRetry={retry} />
    </Page>
  );
}
