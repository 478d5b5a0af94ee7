import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import { adoptionQuery, type Adoption } from '../requests';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Empty, Loaded } from '../ui/States';
import ui from '../ui/Ui.module.css';
import classes from './Adoption.module.css';
import { byArea } from './areas';
import { Departments } from './Departments';

/** How many people use the product week by week, in which departments, and which features. */
export function AdoptionPage() {
  const { t } = useTranslation('texts');
  const format = useFormat();
  const adoption = useQuery(adoptionQuery);
  return (
    <Page title={t('page.adoption')} lead={t('adoption.lead')}>
      <Loaded query={adoption} height_px={420}>
        {(known) =>
          known.weeks.every(({ people }) => people === 0) && known.features.length === 0 ? (
            <Empty title={t('adoption.none')}>{t('adoption.noneHelp')}</Empty>
          ) : (
            <>
              <Weeks adoption={known} />
              <Departments departments={known.departments} />
              <Features adoption={known} />
              <p className={ui.quiet}>{t('adoption.asOf', { day: format.day(known.as_of) })}</p>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function Weeks({ adoption: { weeks, seats } }: { adoption: Adoption }) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  const last = weeks.at(-1);
  if (!last) return null;
  const most = Math.max(1, ...weeks.map(({ people }) => people));
  return (
    <Section title={t('adoption.weeks')}>
      <p className={classes.headline}>
        <strong>{t('adoption.people', { count: last.people, shown: format.number(last.people) })}</strong>
        {seats !== null && seats > 0 && (
          <span className={ui.quiet}>{t('adoption.ofSeats', { seats: format.number(seats) })}</span>
        )}
      </p>
      {/* The table below says the same to those who cannot see the columns. */}
      <div className={classes.columns} aria-hidden>
        {weeks.map(({ from, people }) => (
          <div key={from}>
            <span className="tabular">{people}</span>
            <div style={{ height: `${(people / most) * 100}px` }} />
          </div>
        ))}
      </div>
      <p className={classes.axis} aria-hidden>
        <span>{format.dayShort(weeks[0]!.from)}</span>
        <span>{format.dayShort(last.from)}</span>
      </p>
      <details>
        <summary>{t('adoption.table')}</summary>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('adoption.week')}</th>
              <th scope="col">{t('adoption.active')}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.toReversed().map(({ from, people }) => (
              <tr key={from}>
                <td>{t('adoption.weekFrom', { day: format.day(from) })}</td>
                <td className="tabular">{format.number(people)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  );
}

/** Each feature by how many of those who used the product at all use it. */
function Features({ adoption: { features, people: all } }: { adoption: Adoption }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  return byArea(features).map(({ area, features: those }) => (
    <Section key={area} title={area || t('adoption.features')}>
      <ul className={classes.features} aria-label={area || t('adoption.features')}>
        {those.map(({ name, people, last_used }) => (
          <li key={name.en + name.ja}>
            <div className={classes.feature}>
              <span>{name[language]}</span>
              <span className="tabular">
                {t('adoption.ofPeople', { people: format.number(people), all: format.number(all), count: all })}
              </span>
            </div>
            <div className={classes.share} aria-hidden>
              <div style={{ width: `${(people / Math.max(1, all)) * 100}%` }} />
            </div>
            <p className={ui.quiet}>
              {last_used ? t('adoption.lastUsed', { day: format.day(last_used) }) : t('adoption.notUsed')}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  ));
}
