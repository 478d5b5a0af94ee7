import { Select, Text, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import type { MeasureBody } from '../types';

interface MeasurePickerProps {
  label: string;
  measures?: ReadonlyMap<string, MeasureBody>;
  /** Already in the scorecard: a measure counts once. */
  taken: ReadonlySet<string>;
  onPick: (key: string) => void;
}

/** A searchable list of measures with what they mean; choosing one adds it. */
export function MeasurePicker({ label, measures, taken, onPick }: MeasurePickerProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const free = [...(measures ?? [])].filter(([key]) => !taken.has(key));
  const data = free
    .map(([key, { name }]) => ({ value: key, label: name[language] || key }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  const wordsOf = (key: string) => {
    const measure = measures?.get(key);
    return [key, measure?.name.ja, measure?.name.en, measure?.description?.ja, measure?.description?.en]
      .join(' ')
      .normalize('NFKC')
      .toLowerCase();
  };
  const filter: OptionsFilter = ({ options, search }) => {
    const words = search.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
    return (options as ComboboxItem[]).filter(({ value }) => words.every((word) => wordsOf(value).includes(word)));
  };
  return (
    <Select
      size="xs"
      aria-label={label}
      placeholder={t('scorecard.addMeasure')}
      leftSection={<IconPlus size={14} aria-hidden />}
      searchable
      value={null}
      data={data}
      filter={filter}
      nothingFoundMessage={t('scorecard.noMeasureFound')}
      maxDropdownHeight={360}
      comboboxProps={{ width: 420, position: 'bottom-start' }}
      renderOption={({ option }) => (
        <div>
          <Text fz="sm">{option.label}</Text>
          <Text fz="xs" c="dimmed" lineClamp={2}>
            {measures?.get(option.value)?.description?.[language] || option.value}
          </Text>
        </div>
      )}
      onChange={(key) => key && onPick(key)}
    />
  );
}
