import { IconArrowUpRight } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../lib/viewer';
import { besideSettings, settingsPages } from './navigation';
import classes from './SettingsLayout.module.css';

/** The settings' own list of pages beside the page. */
export function SettingsLayout() {
  const { t } = useTranslation('app');
  const { role } = useViewer();
  const nav = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => {
    // On a phone the list is a strip; what is open stays in sight.
    const show = () => {
      const open = nav.current?.querySelector<HTMLElement>('[data-active]');
      if (open && nav.current)
        nav.current.scrollLeft = open.offsetLeft - (nav.current.clientWidth - open.clientWidth) / 2;
    };
    show();
    // The words are wider or narrower in their own font.
    void document.fonts.ready.then(show);
  }, [path]);
  const shown = settingsPages.filter(({ adminOnly }) => !adminOnly || role === 'admin');
  return (
    <div className={classes.layout}>
      <nav ref={nav} className={classes.nav} aria-label={t('nav.settings')}>
        {shown.map(({ to, label }) => (
          <Link key={to} to={to} className={classes.link} activeProps={{ 'data-active': true }}>
            {t(label)}
          </Link>
        ))}
        {besideSettings
          .filter(({ roles }) => roles.includes(role))
          .map(({ to, label }) => (
            <Link key={to} to={to} className={classes.link}>
              {t(label)} <IconArrowUpRight size={13} stroke={1.6} aria-hidden />
            </Link>
          ))}
      </nav>
      <div className={classes.content}>
        <Outlet />
      </div>
    </div>
  );
}
