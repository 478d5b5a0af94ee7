import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../lib/shortcuts';
import classes from './Account.module.css';
import { keyOf, sectionBeside, sections, type Section } from './sections';
import { useAccountAddress } from './use-account-address';

/** The sections of the page: by click, by their keys, and by [ and ]. */
export function SectionTabs({ current }: { current: Section }) {
  const { t } = useTranslation('account');
  const { showSection } = useAccountAddress();
  const strip = useRef<HTMLElement>(null);
  const group = t('keys.group');
  useShortcut({ key: '[', label: t('keys.previous'), group }, () => showSection(sectionBeside(current, -1)));
  useShortcut({ key: ']', label: t('keys.next'), group }, () => showSection(sectionBeside(current, 1)));
  useEffect(() => {
    // On a phone the strip scrolls; what is open stays in sight.
    const open = strip.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (open && strip.current)
      strip.current.scrollTo({ left: open.offsetLeft - strip.current.clientWidth / 2 + open.clientWidth / 2 });
  }, [current]);
  return (
    <nav ref={strip} className={classes.tabs} aria-label={t('tabs.label')}>
      {sections.map((section) => (
        <SectionTab key={section} section={section} isCurrent={section === current} />
      ))}
    </nav>
  );
}

function SectionTab({ section, isCurrent }: { section: Section; isCurrent: boolean }) {
  const { t } = useTranslation('account');
  const { showSection } = useAccountAddress();
  const label = t(`tabs.${section}`);
  useShortcut({ key: keyOf(section), label, group: t('keys.group') }, () => showSection(section));
  return (
    <Link
      to="."
      search={(previous: Record<string, unknown>) => ({
        ...previous,
        tab: section === 'overview' ? undefined : section,
        panel: undefined,
      })}
      className={classes.tab}
      aria-current={isCurrent ? 'page' : undefined}
      data-current={isCurrent || undefined}
      // Else the link that asks for least, the overview, would count as open beside every other.
      activeOptions={{ exact: true, explicitUndefined: true }}
      activeProps={{}}
      preload={false}
      resetScroll={false}
    >
      {label}
    </Link>
  );
}
