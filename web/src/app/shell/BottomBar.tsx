import { Drawer, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDotsCircleHorizontal } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { grouped, isExact, useEntries } from './Rail';
import classes from './Shell.module.css';

type Entries = ReturnType<typeof useEntries>;

/** The pages of the rail on a phone: the most visited side by side, the others behind the last button. */
export function BottomBar() {
  const { t } = useTranslation('app');
  const [opened, { toggle, close }] = useDisclosure(false);
  const entries = useEntries();
  const others = entries.filter(({ onPhone }) => !onPhone);
  const { pathname } = useLocation();
  const isAmongOthers = others.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  const alerts = others.reduce((sum, entry) => sum + entry.alerts, 0);
  const more = t('nav.more');
  return (
    <nav className={classes.bottombar} aria-label={t('nav.label')}>
      <PageLinks entries={entries.filter(({ onPhone }) => onPhone)} iconSize={20} />
      <UnstyledButton
        className={classes.link}
        data-active={isAmongOthers || undefined}
        aria-label={alerts > 0 ? t('nav.alerts', { label: more, count: alerts }) : more}
        aria-haspopup="dialog"
        aria-expanded={opened}
        onClick={toggle}
      >
        <IconDotsCircleHorizontal size={20} stroke={1.6} aria-hidden />
        <span>{more}</span>
        {alerts > 0 && <b className={classes.alerts} data-count={alerts} aria-hidden />}
      </UnstyledButton>
      <Drawer
        opened={opened}
        onClose={close}
        position="bottom"
        size="auto"
        styles={{ content: { height: 'auto' } }}
        title={t('nav.morePages')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <div className={classes.sheet}>
          {grouped(others).map(({ group, entries: members }) => (
            <div key={group} className={classes.entries} role="group" aria-labelledby={`sheet-${group}`}>
              <div id={`sheet-${group}`} className={classes.group}>
                {t(`group.${group}`)}
              </div>
              <PageLinks entries={members} iconSize={20} onVisit={close} />
            </div>
          ))}
        </div>
      </Drawer>
    </nav>
  );
}

interface PageLinksProps {
  entries: Entries;
  iconSize: number;
  onVisit?: () => void;
}

function PageLinks({ entries, iconSize, onVisit }: PageLinksProps) {
  return entries.map(({ to, label, spoken, alerts, icon: Icon }) => (
    <Link
      key={to}
      to={to}
      className={classes.link}
      activeProps={{ 'data-active': true }}
      activeOptions={isExact(to)}
      aria-label={spoken}
      onClick={onVisit}
    >
      <Icon size={iconSize} stroke={1.6} aria-hidden />
      <span>{label}</span>
      {alerts > 0 && <b className={classes.alerts} data-count={alerts} aria-hidden />}
    </Link>
  ));
}
