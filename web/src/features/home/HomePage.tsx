import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';

export function HomePage() {
  const { t } = useTranslation('home');
  return (
    <Page>
      <PageHeader title={t('title')} />
    </Page>
  );
}
