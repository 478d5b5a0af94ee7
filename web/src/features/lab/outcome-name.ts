import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { knownWords, useKnownWord } from '../../lib/known-words/known-words';
import { useLanguage } from '../../lib/viewer';
import type { Outcome } from './types';

type BuiltIn = keyof typeof knownWords | 'size' | 'country';

function isBuiltIn(attribute: string): attribute is BuiltIn {
  return attribute in knownWords || attribute === 'size' || attribute === 'country';
}

/** "Phase: Onboarding" for what an attribute became, in the reader's words; contracts' outcomes by their name. */
export function useOutcomeName() {
  const { t } = useTranslation('lab');
  const language = useLanguage();
  const word = useKnownWord();
  return useCallback(
    ({ name, attribute }: Pick<Outcome, 'name' | 'attribute'>): string => {
      if (!attribute) return name[language];
      const named = attribute.choice_name[language];
      const isUnnamed = named === attribute.choice;
      const choice = isUnnamed && isBuiltIn(attribute.key) ? word(attribute.key, attribute.choice) : named;
      return t('choice.ofAttribute', { attribute: attribute.name[language], choice });
    },
    [t, language, word],
  );
}
