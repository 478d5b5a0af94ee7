// The texts that customers read, and the words that shared helpers need. Their language is the one that was chosen on
// this machine, else the person's as the vendor knows it, else what the browser asks for.
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isLanguage, type Language } from '../../lib/language';

// Apart from the vendor's own app, which may be open in the same browser.
const storageKey = 'banso.portal.language';

const bundles = {
  ja: () => import('./bundle-ja'),
  en: () => import('./bundle-en'),
};

const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, callback) {
    if (!isLanguage(language)) return callback(new Error(`no texts in ${language}`), false);
    bundles[language]().then(
      ({ default: texts }) => callback(null, (texts as Record<string, Record<string, unknown>>)[namespace] ?? {}),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), false),
    );
  },
};

function stored(): Language | undefined {
  const language = localStorage.getItem(storageKey);
  return isLanguage(language) ? language : undefined;
}

export function chosenLanguage(): Language {
  return stored() ?? (navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en');
}

export function chooseLanguage(language: Language) {
  localStorage.setItem(storageKey, language);
  void i18next.changeLanguage(language);
}

/** The language that the vendor knows of this person; what they chose here goes before it. */
export function suggestLanguage(language: string) {
  if (stored() === undefined && isLanguage(language) && i18next.language !== language)
    void i18next.changeLanguage(language);
}

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});

export async function startTexts() {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: chosenLanguage(),
      fallbackLng: false,
      ns: ['texts', 'known-words'],
      defaultNS: 'texts',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}
