import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import ui from '../ui/Ui.module.css';

/** Without a network what is shown stays as it was read, and deeds wait. */
export function OfflineNotice() {
  const { t } = useTranslation('texts');
  const isOnline = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  return (
    <div role="status">
      {!isOnline && (
        <div className={ui.notice} style={{ marginBottom: 16 }}>
          <p>{t('offline')}</p>
        </div>
      )}
    </div>
  );
}
