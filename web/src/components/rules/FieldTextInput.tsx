import { Button, Combobox, Group, ScrollArea, Textarea, useCombobox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TwoLanguages } from '../../lib/language';
import type { FilterField } from '../filter/condition';
import classes from './Rules.module.css';

interface FieldTextInputProps {
  label: string;
  description?: ReactNode;
  fields: readonly FilterField[] | undefined;
  /** How a field stands in the text: "{score}" or "{{score}}". */
  placeholderOf: (field: string) => string;
  value: TwoLanguages | null | undefined;
  onChange: (value: TwoLanguages) => void;
  rows?: number;
  required?: boolean;
  readOnly?: boolean;
  maxLength?: number;
  error?: ReactNode;
}

/** A text in both languages into which fields of the account are put by choosing them from a list. */
export function FieldTextInput({ value, onChange, ...rest }: FieldTextInputProps) {
  const both = { ja: value?.ja ?? '', en: value?.en ?? '' };
  return (
    <div className={classes.languages}>
      {(['ja', 'en'] as const).map((language) => (
        <OneLanguage
          key={language}
          {...rest}
          language={language}
          text={both[language]}
          onText={(text) => onChange({ ...both, [language]: text })}
        />
      ))}
    </div>
  );
}

interface OneLanguageProps extends Omit<FieldTextInputProps, 'value' | 'onChange'> {
  language: 'ja' | 'en';
  text: string;
  onText: (text: string) => void;
}

function OneLanguage({ language, label, text, onText, fields, placeholderOf, rows = 2, ...input }: OneLanguageProps) {
  const { t } = useTranslation('rules');
  const area = useRef<HTMLTextAreaElement>(null);
  const name = t(`common:words.${language}`, { label });
  const insert = (field: string) => {
    const at = area.current?.selectionStart ?? text.length;
    const end = area.current?.selectionEnd ?? at;
    const put = placeholderOf(field);
    onText(text.slice(0, at) + put + text.slice(end));
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(at + put.length, at + put.length);
    });
  };
  return (
    <div>
      <Textarea
        ref={area}
        label={name}
        lang={language}
        autosize
        minRows={rows}
        maxRows={14}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        {...input}
      />
      {!input.readOnly && fields && (
        <Group mt={4} justify="flex-end">
          <FieldMenu fields={fields} label={t('insertField')} spoken={t('insertFieldInto', { name })} onPick={insert} />
        </Group>
      )}
    </div>
  );
}

interface FieldMenuProps {
  fields: readonly FilterField[];
  label: string;
  spoken: string;
  onPick: (field: string) => void;
}

const mostShown = 80;

/** A button with a list of the fields that can be searched. */
export function FieldMenu({ fields, label, spoken, onPick }: FieldMenuProps) {
  const { t } = useTranslation('rules');
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const wanted = search.trim().toLowerCase();
  const found = fields
    .filter(({ label: text, name }) => text.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted))
    .slice(0, mostShown);
  const groups = Map.groupBy(found, ({ group }) => group ?? '');
  return (
    <Combobox
      store={combobox}
      width={280}
      position="bottom-end"
      withinPortal
      onOptionSubmit={(field) => {
        onPick(field);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={13} aria-hidden />}
          aria-label={spoken}
          aria-expanded={combobox.dropdownOpened}
          onClick={() => combobox.toggleDropdown()}
        >
          {label}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          aria-label={t('findField')}
          placeholder={t('findField')}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Combobox.Options aria-label={label}>
          <ScrollArea.Autosize mah={260} type="auto">
            {found.length === 0 && <Combobox.Empty>{t('noField')}</Combobox.Empty>}
            {[...groups].map(([group, members]) => (
              <Combobox.Group key={group} label={group}>
                {members.map((field) => (
                  <Combobox.Option key={field.name} value={field.name}>
                    {field.label}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
