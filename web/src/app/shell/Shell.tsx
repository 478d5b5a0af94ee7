import { useLocalStorage } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSignedIn, viewerOf } from '../../features/identity/session';
import { useAsOf } from '../../lib/as-of';
import { ShownDayProvider, ViewerProvider } from '../../lib/viewer';
import { AsOfBanner } from './AsOf';
import { CommandPalette } from './CommandPalette';
import { BottomBar } from './BottomBar';
import { Rail } from './Rail';
import classes from './Shell.module.css';
import { ShortcutsOverlay } from './ShortcutsOverlay';
import { TopBar } from './TopBar';

function Page() {
  const { day } = useAsOf();
  return (
    <ShownDayProvider day={day}>
      <Outlet />
    </ShownDayProvider>
  );
}

/** The frame around every page: rail, top bar, palette, keys. */
export function Shell() {
  const { t } = useTranslation('app');
  const signedIn = useSignedIn();
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'banso.railCollapsed',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  return (
    <ViewerProvider viewer={viewerOf(signedIn)}>
      <a href="#content" className={classes.skip}>
        {t('skipToContent')}
      </a>
      <div className={classes.shell} data-collapsed={collapsed || undefined}>
        <Rail collapsed={collapsed} onToggle={() => setCollapsed((now) => !now)} />
        <div className={classes.column}>
          <TopBar />
          <AsOfBanner />
          <main id="content" className={classes.content} tabIndex={-1}>
            <Page />
          </main>
        </div>
        <BottomBar />
      </div>
      <CommandPalette />
      <ShortcutsOverlay />
    </ViewerProvider>
  );
}
