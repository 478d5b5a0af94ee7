import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../components/DateText';
import { useFormat, useLanguage } from '../../lib/viewer';
import { HomeSection } from './HomeSection';
import type { Source } from './home';
import classes from './Home.module.css';

const icons = { ok: IconCircleCheck, late: IconAlertTriangle, none: IconCircleDashed };

/** How new the data of each kind are: a score is only as good as what it rests on. */
export function Freshness({ sources }: { sources: readonly Source[] }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const language = useLanguage();
  return (
    <HomeSection title={t('freshness.title')} note={t('freshness.note')}>
      <ul className={classes.list}>
        {sources.map(({ source, name, last_at, status, rows }) => {
          const Icon = icons[status] ?? icons.none;
          return (
            <li key={source} className={classes.line}>
              <div className={classes.lineTop}>
                <div className={classes.source} data-status={status}>
                  <Icon size={16} stroke={1.8} aria-hidden />
                  <span>{name[language]}</span>
                </div>
                <div className={classes.lineFigures}>
                  {status === 'none' ? (
                    <Link to="/import" className={classes.all}>
                      {t('freshness.import')}
                    </Link>
                  ) : (
                    <>
                      <span className={classes.arr}>
                        {t('freshness.rows', { count: rows, formatted: format.number(rows) })}
                      </span>
                      <span className={classes.sourceDay} data-status={status}>
                        {status === 'late' && <span className="visually-hidden">{t('freshness.late')} </span>}
                        <DateText value={last_at} />
                      </span>
                    </>
                  )}
                </div>
              </div>
            </li>
          );
        })}
      </ul>
    </HomeSection>
  );
}
