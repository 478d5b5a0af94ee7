import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CSSProperties } from 'react';
import { useQuery } from '@tanstack/react-query';
import { portalSettingsQuery, type BrandingInput } from '../../api/portal';
import { legibleOn, wordsOn } from '../../lib/colour';
import { useLanguage, useViewer } from '../../lib/viewer';
import classes from './Portal.module.css';

// The grounds of the portal itself (src/portal/base.css).
const grounds = {
  light: { page: '#f6f6f7', card: '#ffffff', hard: '#f4f4f5', text: '#1f1f23', line: '#e2e2e5' },
  dark: { page: '#141417', card: '#1d1d21', hard: '#26262b', text: '#e4e4e8', line: '#34343a' },
} as const;

/** What a customer would see at the top of every page and on a button, in both themes. */
export function BrandingPreview({ branding }: { branding: BrandingInput }) {
  const { t } = useTranslation('customer-portal');
  return (
    <section aria-label={t('look.preview')} className={classes.previews}>
      {(['light', 'dark'] as const).map((theme) => (
        <div key={theme}>
          <Text fz="xs" c="dimmed" mb={4}>
            {t('look.preview')} · {t(`look.${theme}`)}
          </Text>
          <Sample branding={branding} theme={theme} />
        </div>
      ))}
    </section>
  );
}

function Sample({ branding, theme }: { branding: BrandingInput; theme: keyof typeof grounds }) {
  const { t } = useTranslation('customer-portal');
  const language = useLanguage();
  const { workspaceName } = useViewer();
  const { data: settings } = useQuery(portalSettingsQuery);
  const { page, card, hard, text, line } = grounds[theme];
  const style = {
    '--preview-page': page,
    '--preview-card': card,
    '--preview-text': text,
    '--preview-line': line,
    '--preview-accent': branding.accent,
    '--preview-on-accent': wordsOn(branding.accent),
    '--preview-link': legibleOn(hard, branding.accent),
  } as CSSProperties;
  return (
    <div className={classes.preview} style={style}>
      <div className={classes.previewHead}>
        {settings?.has_logo && <img src="/portal/api/logo" alt="" />}
        <strong>{branding.name[language] || workspaceName}</strong>
      </div>
      <div className={classes.previewBody}>
        {branding.welcome[language] && <p>{branding.welcome[language]}</p>}
        <div className={classes.previewRow}>
          <span className={classes.previewButton}>{t('look.sampleButton')}</span>
          <span className={classes.previewLink}>{t('look.sampleLink')}</span>
        </div>
      </div>
    </div>
  );
}
