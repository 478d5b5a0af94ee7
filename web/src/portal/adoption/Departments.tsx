import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/viewer';
import type { DepartmentUse } from '../requests';
import { Section } from '../ui/Section';
import { Empty } from '../ui/States';
import ui from '../ui/Ui.module.css';
import { useIsViewed } from '../who';
import classes from './Adoption.module.css';

/** Each department by how many of its people use the product; nothing where nobody's department is on record. */
export function Departments({ departments }: { departments: readonly DepartmentUse[] }) {
  const { t } = useTranslation('texts');
  const isViewed = useIsViewed();
  if (departments.length === 0) {
    // The customer can do nothing about it; one of us who looks can.
    if (!isViewed) return null;
    return (
      <Section title={t('adoption.departments')}>
        <Empty title={t('adoption.noDepartments')}>{t('adoption.noDepartmentsHelp')}</Empty>
      </Section>
    );
  }
  return (
    <Section title={t('adoption.departments')}>
      <p className={ui.quiet}>{t('adoption.departmentsLead')}</p>
      <ul className={classes.features} aria-label={t('adoption.departments')}>
        {departments.map((use) => (
          <li key={use.department ?? ''}>
            {use.department === null ? <Others use={use} /> : <Department use={use} name={use.department} />}
            <Used use={use} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Department({ use: { known, people }, name }: { use: DepartmentUse; name: string }) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  return (
    <>
      <div className={classes.feature}>
        <span>{name}</span>
        <span className="tabular">
          {t('adoption.ofPeople', { people: format.number(people), all: format.number(known), count: known })}
        </span>
      </div>
      <div className={classes.share} aria-hidden>
        <div style={{ width: `${(people / Math.max(1, known)) * 100}%` }} />
      </div>
    </>
  );
}

/** How many there are of these nobody knows, so their number stands alone. */
function Others({ use: { people } }: { use: DepartmentUse }) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  return (
    <>
      <div className={classes.feature}>
        <span>{t('adoption.noDepartment')}</span>
        <span className="tabular">{t('adoption.people', { count: people, shown: format.number(people) })}</span>
      </div>
      <p className={ui.quiet}>{t('adoption.noDepartmentMeans')}</p>
    </>
  );
}

function Used({ use: { features, last_used } }: { use: DepartmentUse }) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  return (
    <p className={ui.quiet}>
      {last_used
        ? [
            t('adoption.featuresUsed', { count: features, shown: format.number(features) }),
            t('adoption.lastUsed', { day: format.day(last_used) }),
          ].join(' · ')
        : t('adoption.notUsed')}
    </p>
  );
}
