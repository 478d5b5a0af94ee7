import { Combobox, Text, Textarea, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodiesQuery } from '../../../api/definitions';
import { useLanguage } from '../../../lib/viewer';
import { faultOf, functions, inWords, wordAt } from './expression';
import type { MeasureBody } from '../types';

interface ExpressionInputProps {
  value: string;
  /** The measure that the formula defines; it cannot be part of itself. */
  own: string;
  onChange: (text: string) => void;
}

const longestText = 1000;
const mostOptions = 40;

/** A formula over other measures: names are completed while typing, and what is wrong is said with its place. */
export function ExpressionInput({ value, own, onChange }: ExpressionInputProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const bodies = useQuery(bodiesQuery<MeasureBody>('measure'));
  const input = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { word, from, to } = wordAt(value, caret);
  const measures = [...(bodies.data ?? [])].filter(([key]) => key !== own);
  const nameOf = (key: string) => bodies.data?.get(key)?.name[language];
  const wanted = word.toLowerCase();
  const options = [
    ...measures.map(([key, { name }]) => ({ key, label: name[language], insert: key })),
    ...functions.map((name) => ({ key: `${name}(`, label: t(`expression.${name}`), insert: `${name}(` })),
  ]
    .filter(({ key, label }) => key.includes(wanted) || label.toLowerCase().includes(wanted))
    .slice(0, mostOptions);
  const fault = bodies.data ? faultOf(value, new Set(measures.map(([key]) => key)), own) : undefined;
  const isTyping = fault?.kind === 'unknown' && fault.from === from && combobox.dropdownOpened;
  const place = fault && value.slice(fault.from, fault.to);
  const complete = (insert: string) => {
    onChange(value.slice(0, from) + insert + value.slice(to));
    combobox.closeDropdown();
    const next = from + insert.length;
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(next, next);
      setCaret(next);
    });
  };
  const follow = (target: HTMLTextAreaElement) => {
    setCaret(target.selectionStart);
    combobox.updateSelectedOptionIndex();
  };
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <Combobox store={combobox} onOptionSubmit={complete} withinPortal width={420} position="bottom-start">
        <Combobox.Target>
          <Textarea
            ref={input}
            label={t('expression.label')}
            description={t('expression.help')}
            autosize
            minRows={2}
            maxLength={longestText}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            value={value}
            error={
              fault && !isTyping && value.trim() !== '' ? t(`expression.fault.${fault.kind}`, { place }) : undefined
            }
            onChange={(event) => {
              onChange(event.currentTarget.value);
              follow(event.currentTarget);
              combobox.openDropdown();
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={options.length === 0 || wanted === ''}>
          <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={t('expression.suggestions')}>
            {options.map(({ key, label, insert }) => (
              <Combobox.Option key={key} value={insert}>
                <Text fz="sm" component="span">
                  {label}
                </Text>{' '}
                <Text fz="xs" c="dimmed" component="span" ff="monospace">
                  {key}
                </Text>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {!fault && value.trim() !== '' && (
        <Text fz="sm" mt={6}>
          {t('expression.reads', { formula: inWords(value, nameOf) })}
        </Text>
      )}
    </div>
  );
}
