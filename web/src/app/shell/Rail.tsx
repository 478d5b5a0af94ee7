import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSilentSources } from '../../api/intake';
import { useViewer } from '../../lib/viewer';
import { navigation, navigationGroups, type NavigationGroup } from '../navigation';
import classes from './Shell.module.css';

interface RailProps {
  collapsed: boolean;
  onToggle: () => void;
}

type Entry = (typeof navigation)[number];

/** What the viewer's role may visit, each with what asks for attention there. */
export function useEntries() {
  const { t } = useTranslation('app');
  const { role } = useViewer();
  const silent = useSilentSources(role === 'admin' || role === 'leader');
  return navigation
    .filter(({ roles }) => roles.includes(role))
    .map((entry) => {
      const label = t(entry.label);
      const alerts = entry.to === '/intake' ? silent.length : 0;
      return { ...entry, label, alerts, spoken: alerts > 0 ? t('nav.alerts', { label, count: alerts }) : label };
    });
}

type VisibleEntry = ReturnType<typeof useEntries>[number];

/** The entries under the headings that have any. */
export function grouped(entries: readonly VisibleEntry[]): { group: NavigationGroup; entries: VisibleEntry[] }[] {
  return navigationGroups
    .map((group) => ({ group, entries: entries.filter((entry) => entry.group === group) }))
    .filter((part) => part.entries.length > 0);
}

export function isExact(to: Entry['to']) {
  return { exact: to === '/', includeSearch: false };
}

export function Rail({ collapsed, onToggle }: RailProps) {
  const { t } = useTranslation('app');
  const { workspaceName } = useViewer();
  const entries = useEntries();
  const toggle = t(collapsed ? 'nav.expand' : 'nav.collapse');
  const Toggle = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={classes.rail} aria-label={t('nav.label')}>
      <Link to="/" className={classes.brand} title={workspaceName}>
        <img src="/favicon.svg" width={24} height={24} alt="Banso" />
        <span>{workspaceName}</span>
      </Link>
      {grouped(entries).map(({ group, entries: members }) => (
        <div key={group} className={classes.entries} role="group" aria-labelledby={`rail-${group}`}>
          <div id={`rail-${group}`} className={classes.group}>
            <span>{t(`group.${group}`)}</span>
          </div>
          {members.map((entry) => (
            <RailLink key={entry.to} entry={entry} collapsed={collapsed} />
          ))}
        </div>
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

function RailLink({ entry, collapsed }: { entry: VisibleEntry; collapsed: boolean }) {
  const { to, label, spoken, alerts, icon: Icon } = entry;
  return (
    <Tooltip label={spoken} position="right" disabled={!collapsed && alerts === 0}>
      <Link
        to={to}
        className={classes.link}
        activeProps={{ 'data-active': true }}
        activeOptions={isExact(to)}
        aria-label={spoken}
      >
        <Icon size={18} stroke={1.6} aria-hidden />
        <span>{label}</span>
        {alerts > 0 && <b className={classes.alerts} data-count={alerts} aria-hidden />}
      </Link>
    </Tooltip>
  );
}
