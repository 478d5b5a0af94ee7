import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../lib/shortcuts';

interface SearchInputProps {
  /** What the address says. */
  value: string | undefined;
  /** Called a moment after the last letter, and never in the middle of a kana conversion. */
  onChange: (value: string | undefined) => void;
  label: string;
  width_px?: number;
}

const pause_ms = 220;

/** The search of a list; "/" leads into it. */
export function SearchInput({ value, onChange, label, width_px = 240 }: SearchInputProps) {
  const { t } = useTranslation('common');
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value ?? '');
  const [composing, setComposing] = useState(false);
  const [fromAddress, setFromAddress] = useState(value);
  // "Back" changes the address under the field; what is being typed is not touched otherwise.
  if (value !== fromAddress) {
    setFromAddress(value);
    setText(value ?? '');
  }
  useEffect(() => {
    if (composing || text === (value ?? '')) return;
    const timer = setTimeout(() => onChange(text === '' ? undefined : text), pause_ms);
    return () => clearTimeout(timer);
  }, [text, composing, value, onChange]);
  useShortcut({ key: '/', label: t('keys.search'), group: t('keys.list') }, () => input.current?.select());
  return (
    <TextInput
      ref={input}
      size="xs"
      w={{ base: '100%', sm: width_px }}
      type="search"
      placeholder={label}
      aria-label={label}
      leftSection={<IconSearch size={15} stroke={1.6} />}
      rightSection={text !== '' && <CloseButton size="xs" aria-label={t('clear')} onClick={() => setText('')} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}
