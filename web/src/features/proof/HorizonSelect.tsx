import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { horizons } from './requests';

type HorizonWord = '28' | '56' | '84' | '168';

const words: readonly HorizonWord[] = ['28', '56', '84', '168'];

/** How long after its start a run is judged. */
export function HorizonSelect({
  value,
  onChange,
}: {
  value: number;
  onChange: (days: HorizonWord | undefined) => void;
}) {
  const { t } = useTranslation('proof');
  return (
    <Select
      label={t('horizon.label')}
      size="xs"
      w={220}
      allowDeselect={false}
      value={String(value)}
      data={horizons.map((days) => ({ value: String(days), label: t('horizon.days', { weeks: days / 7 }) }))}
      onChange={(chosen) => onChange(words.find((word) => word === chosen))}
    />
  );
}
