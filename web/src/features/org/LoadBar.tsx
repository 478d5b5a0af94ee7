import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/viewer';
import classes from './Org.module.css';

/** How full somebody is: a bar and the figure. Above the whole it says so by a word, too. */
export function LoadBar({ share }: { share: number | null }) {
  const { t } = useTranslation('org');
  const format = useFormat();
  if (share === null) return <span>{t('noLimit')}</span>;
  const isOver = share > 1;
  return (
    <span className={classes.load} data-over={isOver || undefined}>
      <span className={classes.bar} aria-hidden>
        <span style={{ inlineSize: `${Math.min(share, 1) * 100}%` }} />
      </span>
      <span className={classes.figure}>{format.percent(share, 0)}</span>
      {isOver && <span className={classes.over}>{t('over')}</span>}
    </span>
  );
}
