import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';
import type { Firing } from './types';
import classes from './Signals.module.css';

/** The values that speak for it, with those from before. */
export function Evidence({ items }: { items: Firing['evidence'] }) {
  const { t } = useTranslation('signals');
  const language = useLanguage();
  if (items.length === 0) return null;
  return (
    <ul className={classes.evidence} aria-label={t('evidence')}>
      {items.map(({ field, name, value, before }) => (
        <li key={field}>
          {name[language]}: <b>{value[language]}</b>
          {before && ` (${t('evidenceBefore', { value: before[language] })})`}
        </li>
      ))}
    </ul>
  );
}
