import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useKnownWord, type WordField } from '../lib/known-words/known-words';

interface WordInputProps extends Omit<AutocompleteProps, 'value' | 'onChange' | 'data'> {
  field: WordField;
  known: readonly string[];
  /** As it is stored: a well-known key, or any text. */
  value?: string;
  onChange?: (value: string) => void;
}

/** A free text for which there are well-known words: those are offered and stored by their key. */
export function WordInput({ field, known, value = '', onChange, ...rest }: WordInputProps) {
  const word = useKnownWord();
  const keyOf = (text: string) => known.find((key) => word(field, key) === text) ?? text;
  return (
    <Autocomplete
      maxLength={200}
      {...rest}
      data={known.map((key) => word(field, key))}
      value={value === '' ? '' : word(field, value)}
      onChange={(text) => onChange?.(keyOf(text))}
    />
  );
}
