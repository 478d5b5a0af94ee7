import { Select, Stack, TagsInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { knownWords, useKnownWord, type WordField } from '../../../lib/known-words/known-words';
import { useLanguage } from '../../../lib/viewer';
import type { AppliesWhen } from '../types';
import { accountAttributesQuery } from './account-attributes';

interface AppliesWhenFieldsProps {
  value?: AppliesWhen;
  label: string;
  isLabelShown?: boolean;
  /** What it does, while nothing is asked. */
  help: string;
  /** What it says while nothing is asked. */
  everybody: string;
  onChange?: (value: AppliesWhen | undefined) => void;
}

const mostValues = 50;

/** A condition on one attribute of the account: it is one of these, or none of these. */
export function AppliesWhenFields({ value, label, isLabelShown, help, everybody, onChange }: AppliesWhenFieldsProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const attributes = useQuery(accountAttributesQuery);
  const isExcluding = value?.notIn !== undefined;
  const values = value?.in ?? value?.notIn ?? [];
  const put = (attribute: string, excluding: boolean, next: string[]) =>
    onChange?.({ attribute, ...(excluding ? { notIn: next } : { in: next }) });
  const known = attributes.data ?? [];
  const options = known.map(({ key, name }) => ({ value: key, label: name[language] }));
  if (value && !known.some(({ key }) => key === value.attribute)) {
    options.push({ value: value.attribute, label: value.attribute });
  }
  return (
    <Stack gap={8}>
      <Select
        size="xs"
        {...(isLabelShown ? { label } : { 'aria-label': label })}
        placeholder={everybody}
        searchable
        clearable
        disabled={!onChange}
        data={options}
        value={value?.attribute ?? null}
        onChange={(attribute) => (attribute ? put(attribute, isExcluding, []) : onChange?.(undefined))}
      />
      {value ? (
        <>
          <Select
            size="xs"
            aria-label={t('applies.mode')}
            allowDeselect={false}
            disabled={!onChange}
            data={[
              { value: 'in', label: t('applies.in') },
              { value: 'notIn', label: t('applies.notIn') },
            ]}
            value={isExcluding ? 'notIn' : 'in'}
            onChange={(mode) => put(value.attribute, mode === 'notIn', values)}
          />
          <AttributeValues
            attribute={value.attribute}
            values={values}
            onChange={onChange && ((next) => put(value.attribute, isExcluding, next))}
          />
        </>
      ) : (
        <Text fz="xs" c="dimmed">
          {help}
        </Text>
      )}
    </Stack>
  );
}

interface AttributeValuesProps {
  attribute: string;
  values: string[];
  onChange?: (values: string[]) => void;
}

/** Values that the book knows are offered by their names; any other may be typed. */
function AttributeValues({ attribute, values, onChange }: AttributeValuesProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const word = useKnownWord();
  const attributes = useQuery(accountAttributesQuery);
  const choices = attributes.data?.find(({ key }) => key === attribute)?.choices ?? [];
  const extra: readonly string[] = attribute in knownWords ? knownWords[attribute as keyof typeof knownWords] : [];
  const nameOf = (value: string) => {
    const named = choices.find((choice) => choice.value === value)?.name[language];
    return named && named !== value ? named : word(attribute as WordField, value);
  };
  const known = [...new Set([...choices.map(({ value }) => value), ...extra])];
  const byName = new Map(known.map((value) => [nameOf(value), value]));
  return (
    <TagsInput
      size="xs"
      aria-label={t('applies.values')}
      placeholder={values.length === 0 ? t('applies.valuesHelp') : undefined}
      maxTags={mostValues}
      disabled={!onChange}
      error={values.length === 0 ? t('applies.noValue') : undefined}
      data={[...byName.keys()]}
      value={values.map(nameOf)}
      onChange={(names) => onChange?.(names.map((name) => byName.get(name) ?? name))}
    />
  );
}

/** The lifecycle phases that are in use or commonly known, with their names. */
export function usePhases(): { value: string; label: string }[] {
  const word = useKnownWord();
  const attributes = useQuery(accountAttributesQuery);
  const inUse = attributes.data?.find(({ key }) => key === 'phase')?.choices.map(({ value }) => value) ?? [];
  return [...new Set([...knownWords.phase, ...inUse])].map((value) => ({ value, label: word('phase', value) }));
}
