import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../lib/format/bytes';
import { useFormat } from '../../lib/viewer';
import { documentsQuery } from '../requests';
import { Page } from '../ui/Page';
import { Empty, Loaded } from '../ui/States';
import ui from '../ui/Ui.module.css';
import classes from '../ui/List.module.css';

/** Files that the vendor shared. */
export function DocumentsPage() {
  const { t } = useTranslation('texts');
  const format = useFormat();
  const documents = useQuery(documentsQuery);
  return (
    <Page title={t('page.documents')} lead={t('documents.lead')}>
      <Loaded query={documents} height_px={260}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('documents.none')}>{t('documents.noneHelp')}</Empty>
          ) : (
            <ul className={`${ui.card} ${classes.list}`}>
              {items.map(({ id, name, bytes, shared_on }) => (
                <li key={id}>
                  <a className={classes.row} href={`/portal/api/documents/${id}`} download={name}>
                    <span>
                      <span className={classes.name}>{name}</span>
                      <span className={ui.quiet}>
                        {formatBytes(bytes)} · {t('documents.sharedOn', { day: format.day(shared_on) })}
                      </span>
                    </span>
                    <IconDownload size={22} stroke={1.7} aria-hidden />
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}
