import { useTranslation } from 'react-i18next';
import { pagesFor } from '../pages';
import { Go } from '../router';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import ui from '../ui/Ui.module.css';
import { useMe } from '../who';
import { CompanySelect } from './CompanySelect';
import { LanguageSwitch } from './LanguageSwitch';
import { LogOutButton } from './LogOutButton';
import classes from './Shell.module.css';

/** On a phone: every page, and what stands in the head on a wide screen. */
export function MorePage() {
  const { t } = useTranslation('texts');
  const me = useMe();
  return (
    <Page title={t('page.more')}>
      <nav className={classes.all} aria-label={t('pages')}>
        {pagesFor(me).map(({ path, name, icon: Icon }) => (
          <Go key={path} to={path}>
            <Icon size={22} stroke={1.7} aria-hidden />
            {t(`page.${name}`)}
          </Go>
        ))}
      </nav>
      <Section title={t('you')}>
        <div className={ui.stack}>
          <div>
            <p>
              <strong>{me.person.name}</strong>
            </p>
            <p className={ui.quiet}>{me.person.email}</p>
          </div>
          <CompanySelect />
          <LanguageSwitch />
          <div>
            <LogOutButton />
          </div>
        </div>
      </Section>
    </Page>
  );
}
