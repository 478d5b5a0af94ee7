import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './Overview.module.css';
import type { Section } from './sections';

/** Leads from a summary to the section that has all of it. */
export function SectionLink({ section }: { section: Section }) {
  const { t } = useTranslation('account');
  return (
    <Link
      to="."
      search={(previous: Record<string, unknown>) => ({ ...previous, tab: section, panel: undefined })}
      className={classes.sectionLink}
      aria-label={t('next.all', { section: t(`tabs.${section}`) })}
      preload={false}
    >
      {t('next.see')}
    </Link>
  );
}
