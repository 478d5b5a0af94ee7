import { IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';
import { peopleQuery, type Supporter } from '../requests';
import { Page } from '../ui/Page';
import { Empty, Loaded } from '../ui/States';
import ui from '../ui/Ui.module.css';
import classes from './People.module.css';

/** Whom to turn to for what; who is away is stood in for. */
export function PeoplePage() {
  const { t } = useTranslation('texts');
  const people = useQuery(peopleQuery);
  return (
    <Page title={t('page.people')} lead={t('people.lead')}>
      <Loaded query={people} height_px={260}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('people.none')}>{t('people.noneHelp')}</Empty>
          ) : (
            <ul className={classes.people}>
              {items.map((person) => (
                <Person key={`${person.role} ${person.name}`} person={person} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

function Person({ person }: { person: Supporter }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  return (
    <li className={ui.card}>
      <p className={ui.quiet}>{person.role_name[language]}</p>
      <p className={classes.name}>{person.name}</p>
      {person.stands_in_for && <p className={ui.quiet}>{t('people.standsIn', { name: person.stands_in_for })}</p>}
      {person.email && (
        <a className={classes.mail} href={`mailto:${person.email}`}>
          <IconMail size={20} stroke={1.7} aria-hidden /> {person.email}
        </a>
      )}
    </li>
  );
}
