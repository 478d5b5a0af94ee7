import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';

export function AccountPage() {
  const { t } = useTranslation('account');
  return (
    <Page>
      <PageHeader title={t('title')} />
    </Page>
  );
}
