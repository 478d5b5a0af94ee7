import { Combobox, Textarea, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleQuery } from '../api/people';
import { matching, mentionAt, withMention } from '../lib/mentions';

interface MentionInputProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
  /** Ctrl/Cmd-Enter. */
  onSend: () => void;
}

const mostOffered = 6;

/** A text in which "@" offers people. */
export function MentionInput({ label, placeholder, value, onChange, onSend }: MentionInputProps) {
  const { t } = useTranslation('common');
  const { data: people = [] } = useQuery(peopleQuery);
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const typed = mentionAt(value, caret);
  const offered = typed ? matching(people, typed.query, mostOffered) : [];
  const follow = (text: string, at: number) => {
    setCaret(at);
    if (mentionAt(text, at)) {
      combobox.openDropdown();
      combobox.selectFirstOption();
    } else combobox.closeDropdown();
  };
  const choose = (id: string) => {
    const person = people.find((each) => String(each.id) === id);
    if (!person || !typed) return;
    const next = withMention(value, typed.start, caret, person.name);
    onChange(next.text);
    setCaret(next.caret);
    combobox.closeDropdown();
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const isOpen = combobox.dropdownOpened && offered.length > 0;
  return (
    <Combobox store={combobox} onOptionSubmit={choose} position="top-start" width={260}>
      <Combobox.Target withKeyboardNavigation={isOpen} autoComplete="off">
        <Textarea
          ref={field}
          size="sm"
          aria-label={label}
          placeholder={placeholder}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            follow(event.currentTarget.value, event.currentTarget.selectionStart);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') onSend();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isOpen}>
        <Combobox.Options aria-label={t('mention')}>
          {offered.map(({ id, name }) => (
            <Combobox.Option key={id} value={String(id)}>
              {name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
