export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text that the server gives in both languages. */
export interface TwoLanguages {
  en: string;
  ja: string;
}

const storageKey = 'banso.language';

export function isLanguage(value: unknown): value is Language {
  return value === 'ja' || value === 'en';
}

/** What the person chose on this machine before, else what the browser asks for. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  if (isLanguage(stored)) return stored;
  return navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

export function rememberLanguage(language: Language) {
  localStorage.setItem(storageKey, language);
}
