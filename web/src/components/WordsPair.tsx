import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TwoLanguages } from '../lib/language';
import classes from './WordsPair.module.css';

interface WordsPairProps {
  label: string;
  description?: ReactNode;
  value: TwoLanguages | null | undefined;
  onChange: (value: TwoLanguages) => void;
  required?: boolean;
  readOnly?: boolean;
  maxLength?: number;
  /** Lines to begin with; without it only a text that may grow long has several. */
  rows?: number;
  error?: ReactNode;
}

/** What is at most this long is a name or a title, and stays one line. */
const longestLine = 200;

/** One text in Japanese and in English, side by side where there is room. */
export function WordsPair({ label, value, onChange, rows, maxLength = 60, ...input }: WordsPairProps) {
  const { t } = useTranslation('common');
  const both = { ja: value?.ja ?? '', en: value?.en ?? '' };
  const hasLines = rows !== undefined || maxLength > longestLine;
  return (
    <div className={classes.pair}>
      {(['ja', 'en'] as const).map((language) => {
        const shared = {
          ...input,
          label: t(`words.${language}`, { label }),
          lang: language,
          maxLength,
          value: both[language],
          onChange: (event: { currentTarget: { value: string } }) =>
            onChange({ ...both, [language]: event.currentTarget.value }),
        };
        return hasLines ? (
          <Textarea key={language} autosize minRows={rows ?? 1} maxRows={14} {...shared} />
        ) : (
          <TextInput key={language} {...shared} />
        );
      })}
    </div>
  );
}
