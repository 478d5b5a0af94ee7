import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSilentSources } from '../../api/intake';
import { InstantText } from '../../components/InstantText';
import { useViewer } from '../../lib/viewer';
import classes from './Home.module.css';

/** Sources that stopped sending: scores rest on what they send, so it is said before anything else. */
export function SilentSources() {
  const { t } = useTranslation('home');
  const { role } = useViewer();
  const silent = useSilentSources(role === 'admin' || role === 'leader');
  if (silent.length === 0) return null;
  return (
    <section className={classes.silentSources} aria-label={t('silentSources.title', { count: silent.length })}>
      <IconAlertTriangleFilled size={18} aria-hidden />
      <div>
        <b>{t('silentSources.title', { count: silent.length })}</b>
        <ul>
          {silent.map(({ id, name, last_received_at }) => (
            <li key={id}>
              {t('silentSources.line', { name })}
              <InstantText value={last_received_at} />
            </li>
          ))}
        </ul>
        <span>{t('silentSources.note')}</span>
      </div>
      <Link to="/intake">{t('silentSources.action')}</Link>
    </section>
  );
}
