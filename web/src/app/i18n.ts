// Texts live beside the code that shows them (`<folder>/locale/<language>.json`); the folder's name is the namespace.
// Only the language in use is fetched. Anybody switches with `i18n.changeLanguage('en')`; the rest follows here.
import dayjs from 'dayjs';
import 'dayjs/locale/ja';
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isLanguage, preferredLanguage, rememberLanguage, type Language } from '../lib/language';

const bundles = {
  ja: () => import('./bundles/ja'),
  en: () => import('./bundles/en'),
};

/** /src/features/book/locale/ja.json → "book". What the shared components say is "common". */
export function namespaceOf(path: string): string {
  const folder = path.split('/').at(-3)!;
  return folder === 'components' ? 'common' : folder;
}

async function textsOf(language: Language): Promise<Record<string, Record<string, unknown>>> {
  const { default: files } = await bundles[language]();
  return Object.fromEntries(Object.entries(files).map(([path, texts]) => [namespaceOf(path), texts]));
}

const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, callback) {
    if (!isLanguage(language)) return callback(new Error(`no texts in ${language}`), false);
    textsOf(language).then(
      (texts) => callback(null, texts[namespace] ?? {}),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), false),
    );
  },
};

i18next.on('languageChanged', (language) => {
  if (!isLanguage(language)) return;
  rememberLanguage(language);
  document.documentElement.lang = language;
  dayjs.locale(language);
});

export async function startI18n() {
  const language = preferredLanguage();
  const texts = await textsOf(language);
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: Object.keys(texts),
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}
