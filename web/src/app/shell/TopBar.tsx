import { UnstyledButton } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AsOfControl } from './AsOf';
import { openPalette } from './CommandPalette';
import { Notices } from './Notices';
import classes from './Shell.module.css';
import { UserMenu } from './UserMenu';

export function TopBar() {
  const { t } = useTranslation('app');
  const os = useOs();
  return (
    <section className={classes.topbar} aria-label={t('topBar')}>
      <UnstyledButton className={classes.search} onClick={openPalette}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span>{t('palette.open')}</span>
        <kbd aria-hidden>{os === 'macos' ? '⌘K' : 'Ctrl K'}</kbd>
      </UnstyledButton>
      <div className={classes.right}>
        <AsOfControl />
        <Notices />
        <UserMenu />
      </div>
    </section>
  );
}
