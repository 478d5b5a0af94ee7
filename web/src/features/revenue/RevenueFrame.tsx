import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useViewer } from '../../lib/viewer';
import classes from './Revenue.module.css';
import { rooms } from './rooms';

interface RevenueFrameProps {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** Title and the row of pages that every page about revenue has on top. */
export function RevenueFrame({ title, subtitle, actions, children }: RevenueFrameProps) {
  const { t } = useTranslation('revenue');
  const { role } = useViewer();
  if (role !== 'admin' && role !== 'leader')
    return (
      <Page>
        <PageHeader title={title} />
        <EmptyState title={t('forLeaders')}>{t('forLeadersHelp')}</EmptyState>
      </Page>
    );
  return (
    <Page>
      <div className={classes.screenOnly}>
        <PageHeader title={title} subtitle={subtitle} actions={actions} />
        <Rooms />
      </div>
      {children}
    </Page>
  );
}

/** Links rather than tabs: each page has its own address, title and place in the history. */
function Rooms() {
  const { t } = useTranslation('revenue');
  const nav = useRef<HTMLElement>(null);
  // On a phone the row is wider than the screen: it begins where one is.
  useEffect(() => {
    nav.current?.querySelector('[data-active]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, []);
  return (
    <nav ref={nav} className={classes.rooms} aria-label={t('rooms.label')}>
      {rooms.map(({ to, key }) => (
        <Link
          key={to}
          to={to}
          activeProps={{ 'data-active': true }}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {t(`rooms.${key}`)}
        </Link>
      ))}
    </nav>
  );
}
