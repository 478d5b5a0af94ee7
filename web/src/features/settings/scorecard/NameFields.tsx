import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TwoLanguages } from '../../../lib/language';

interface NameFieldsProps {
  name: TwoLanguages;
  onName?: (name: TwoLanguages) => void;
  /** Labels of the second pair; without it only the names are asked. */
  describe?: 'description' | 'meaning';
  description?: TwoLanguages;
  onDescription?: (description: TwoLanguages) => void;
  autoFocus?: boolean;
}

const longestName = 200;
const longestDescription = 2000;

/** A name and what it means, in both languages. */
export function NameFields(props: NameFieldsProps) {
  const { name, onName, describe, description = { en: '', ja: '' }, onDescription, autoFocus } = props;
  const { t } = useTranslation('settings');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {(['ja', 'en'] as const).map((language) => (
        <TextInput
          key={language}
          size="xs"
          label={t(`name.${language}`)}
          maxLength={longestName}
          disabled={!onName}
          autoFocus={autoFocus && language === 'ja'}
          value={name[language]}
          onChange={(event) => onName?.({ ...name, [language]: event.currentTarget.value })}
        />
      ))}
      {describe &&
        (['ja', 'en'] as const).map((language) => (
          <Textarea
            key={language}
            size="xs"
            autosize
            label={t(`${describe}.${language}`)}
            maxLength={longestDescription}
            disabled={!onDescription}
            value={description[language]}
            onChange={(event) => onDescription?.({ ...description, [language]: event.currentTarget.value })}
          />
        ))}
    </SimpleGrid>
  );
}
