import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../../lib/viewer';
import { navigation } from '../navigation';
import classes from './Shell.module.css';

interface RailProps {
  collapsed: boolean;
  onToggle: () => void;
}

export function Rail({ collapsed, onToggle }: RailProps) {
  const { t } = useTranslation('app');
  const { workspaceName } = useViewer();
  const toggle = t(collapsed ? 'nav.expand' : 'nav.collapse');
  const Toggle = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={classes.rail} aria-label={t('nav.label')}>
      <Link to="/" className={classes.brand} title={workspaceName}>
        <img src="/favicon.svg" width={24} height={24} alt="Banso" />
        <span>{workspaceName}</span>
      </Link>
      {navigation.map(({ to, label, icon: Icon }) => (
        <Tooltip key={to} label={t(label)} position="right" disabled={!collapsed}>
          <Link
            to={to}
            className={classes.link}
            activeProps={{ 'data-active': true }}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            aria-label={t(label)}
          >
            <Icon size={18} stroke={1.6} aria-hidden />
            <span>{t(label)}</span>
          </Link>
        </Tooltip>
      ))}
      <Tooltip label={toggle} position="right" disabled={!collapsed}>
        <UnstyledButton className={`${classes.link} ${classes.toggle}`} onClick={onToggle} aria-label={toggle}>
          <Toggle size={18} stroke={1.6} aria-hidden />
          <span>{toggle}</span>
        </UnstyledButton>
      </Tooltip>
    </nav>
  );
}

/** The same pages on a phone. */
export function BottomBar() {
  const { t } = useTranslation('app');
  return (
    <nav className={classes.bottombar} aria-label={t('nav.label')}>
      {navigation.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className={classes.link}
          activeProps={{ 'data-active': true }}
          activeOptions={{ exact: to === '/', includeSearch: false }}
        >
          <Icon size={20} stroke={1.6} aria-hidden />
          <span>{t(label)}</span>
        </Link>
      ))}
    </nav>
  );
}
