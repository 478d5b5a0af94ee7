import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';

export function BookPage() {
  const { t } = useTranslation('book');
  return (
    <Page>
      <PageHeader title={t('title')} />
    </Page>
  );
}
