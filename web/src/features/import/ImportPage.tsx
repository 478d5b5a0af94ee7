import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';

export function ImportPage() {
  const { t } = useTranslation('import');
  return (
    <Page>
      <PageHeader title={t('title')} />
    </Page>
  );
}
