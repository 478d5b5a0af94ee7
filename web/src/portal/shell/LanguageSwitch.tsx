import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { languages, type Language } from '../../lib/language';
import { useLanguage } from '../../lib/viewer';
import { meQuery, sendLanguage } from '../requests';
import { chooseLanguage } from '../texts/i18n';
import { useIsViewed } from '../who';
import classes from './Shell.module.css';

// Each in its own words, so that whoever cannot read the page finds the way out of it.
const names: Record<Language, string> = { ja: '日本語', en: 'English' };

export function LanguageSwitch() {
  const { t } = useTranslation('texts');
  const current = useLanguage();
  const client = useQueryClient();
  const isViewed = useIsViewed();
  const choose = (language: Language) => {
    chooseLanguage(language);
    const isIn = client.getQueryData(meQuery.queryKey) !== undefined;
    // On this machine it holds in any case; that mails follow is a kindness that may fail.
    if (isIn && !isViewed)
      void sendLanguage(language).then(
        (me) => client.setQueryData(meQuery.queryKey, me),
        () => {},
      );
  };
  return (
    <div className={classes.languages} role="group" aria-label={t('language')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === current}
          onClick={() => choose(language)}
        >
          {names[language]}
        </button>
      ))}
    </div>
  );
}
