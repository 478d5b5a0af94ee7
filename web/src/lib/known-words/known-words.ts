// Phase, industry, plan and the like are free texts in the records. Keys that many products use (and the demo stores)
// are shown in the reader's words; everything else is shown as it was entered.
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../language';
import { useLanguage } from '../viewer';

export const knownWords = {
  phase: ['onboarding', 'adoption', 'optimisation', 'renewal', 'offboarding', 'churned'],
  industry: [
    'construction',
    'education',
    'energy',
    'finance',
    'food',
    'healthcare',
    'hospitality',
    'logistics',
    'manufacturing',
    'media',
    'professional_services',
    'public_sector',
    'real_estate',
    'retail',
    'software',
    'trading',
    'wholesale',
  ],
  plan: ['light', 'standard', 'premium', 'enterprise', 'add-on'],
  category: ['question', 'bug', 'performance', 'billing', 'request'],
} as const;

export type WordField = keyof typeof knownWords | 'size' | 'country' | 'language';

/** "JP" → 日本 / Japan, "ja" → 日本語 / Japanese; a code that nobody knows stays as it is. */
function nameOfCode(type: 'region' | 'language', code: string, language: Language): string {
  const shape = type === 'region' ? /^[A-Za-z]{2}$/ : /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
  if (!shape.test(code)) return code;
  const normal = type === 'region' ? code.toUpperCase() : code;
  return new Intl.DisplayNames(language, { type, fallback: 'code' }).of(normal) ?? code;
}

/** "10-49" → 10〜49名 / 10–49 people. */
function sizeText(t: TFunction<'known-words'>, size: string): string {
  const band = /^([\d,]+)\s*[-–〜]\s*([\d,]+)$/.exec(size);
  if (band) return t('size.band', { from: band[1], to: band[2] });
  const open = /^([\d,]+)\+$/.exec(size);
  return open ? t('size.open', { from: open[1] }) : size;
}

export function wordFor(t: TFunction<'known-words'>, language: Language, field: WordField, value: string): string {
  if (field === 'country') return nameOfCode('region', value, language);
  if (field === 'language') return nameOfCode('language', value, language);
  if (field === 'size') return sizeText(t, value);
  const known: readonly string[] = knownWords[field];
  return known.includes(value) ? t(`word.${field}.${value}` as never) : value;
}

/** `word('phase', 'onboarding')` → オンボーディング; `word('phase', '更新交渉')` → 更新交渉. */
export function useKnownWord() {
  const { t } = useTranslation('known-words');
  const language = useLanguage();
  return useMemo(
    () =>
      (field: WordField, value: string | null | undefined): string =>
        value ? wordFor(t, language, field, value) : '–',
    [t, language],
  );
}
