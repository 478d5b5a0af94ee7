import { IconMenu2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AdoptionPage } from '../adoption/AdoptionPage';
import { DocumentsPage } from '../documents/DocumentsPage';
import { HealthPage } from '../health/HealthPage';
import { HomePage } from '../home/HomePage';
import { JourneyPage } from '../journey/JourneyPage';
import { morePath, pagesFor } from '../pages';
import { PeoplePage } from '../people/PeoplePage';
import { PlanPage } from '../plan/PlanPage';
import type { Shown } from '../requests';
import { Go } from '../router';
import { SurveysPage } from '../surveys/SurveysPage';
import { TicketsPage } from '../tickets/TicketsPage';
import { Empty } from '../ui/States';
import { Page } from '../ui/Page';
import { ValuePage } from '../value/ValuePage';
import { useMe } from '../who';
import { Brand } from './Brand';
import { CompanySelect } from './CompanySelect';
import { LanguageSwitch } from './LanguageSwitch';
import { LogOutButton } from './LogOutButton';
import { MorePage } from './MorePage';
import { OfflineNotice } from './OfflineNotice';
import { ViewedBanner } from './ViewedBanner';
import classes from './Shell.module.css';

const rooms: Record<'home' | Shown, () => React.ReactNode> = {
  home: HomePage,
  plan: PlanPage,
  journey: JourneyPage,
  value: ValuePage,
  adoption: AdoptionPage,
  health: HealthPage,
  surveys: SurveysPage,
  tickets: TicketsPage,
  documents: DocumentsPage,
  people: PeoplePage,
};

/** As many pages as have room beside the last button of the bar. */
const pagesInBar = 4;

/** The frame of every page behind the log-in: the vendor's head, the way to the pages, and the page. */
export function Shell({ path }: { path: string }) {
  const { t } = useTranslation('texts');
  const me = useMe();
  const pages = pagesFor(me);
  const fit = pages.length <= pagesInBar + 1;
  const inBar = fit ? pages : pages.slice(0, pagesInBar);
  return (
    <>
      <a className={classes.skip} href="#content">
        {t('skip')}
      </a>
      <ViewedBanner />
      <header className={classes.head}>
        <div className={classes.headRow}>
          <Brand branding={me.vendor} />
          <div className={classes.headSide}>
            <CompanySelect />
            <LanguageSwitch />
            <LogOutButton />
          </div>
          {fit && (
            <Go to={morePath} className={classes.menu} aria-label={t('page.more')}>
              <IconMenu2 size={24} aria-hidden />
            </Go>
          )}
        </div>
      </header>
      <div className={classes.body}>
        <nav className={classes.side} aria-label={t('pages')}>
          {pages.map(({ path: to, name, icon: Icon }) => (
            <Go key={to} to={to} aria-current={to === path ? 'page' : undefined}>
              <Icon size={20} stroke={1.7} aria-hidden />
              {t(`page.${name}`)}
            </Go>
          ))}
        </nav>
        <main id="content" className={classes.content} tabIndex={-1}>
          <OfflineNotice />
          <Content key={path} path={path} />
        </main>
      </div>
      <nav className={classes.bar} aria-label={t('pagesBelow')}>
        {inBar.map(({ path: to, name, icon: Icon }) => (
          <Go key={to} to={to} aria-current={to === path ? 'page' : undefined}>
            <Icon size={22} stroke={1.7} aria-hidden />
            <span>{t(`short.${name}`)}</span>
          </Go>
        ))}
        {!fit && (
          <Go
            to={morePath}
            aria-current={path === morePath || !inBar.some((page) => page.path === path) ? 'page' : undefined}
          >
            <IconMenu2 size={22} stroke={1.7} aria-hidden />
            <span>{t('short.more')}</span>
          </Go>
        )}
      </nav>
    </>
  );
}

function Content({ path }: { path: string }) {
  const { t } = useTranslation('texts');
  const page = pagesFor(useMe()).find((each) => each.path === path);
  if (path === morePath) return <MorePage />;
  if (page) {
    const Room = rooms[page.name];
    return <Room />;
  }
  return (
    <Page title={t('notFound.title')}>
      <Empty title={t('notFound.words')}>
        <Go to="/portal">{t('notFound.home')}</Go>
      </Empty>
    </Page>
  );
}
