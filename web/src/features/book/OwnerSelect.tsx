import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../../lib/viewer';
import { peopleQuery } from './changes';

interface OwnerSelectProps {
  label: string;
  /** Undefined: nothing chosen yet; null: nobody. */
  value: number | null | undefined;
  onChange: (ownerId: number | null) => void;
  /** What the record says where the owner is no user of Banso. */
  placeholder?: string;
  disabled?: boolean;
  size?: string;
}

const nobody = 'nobody';

/** Who looks after an account; the viewer stands first. */
export function OwnerSelect({ label, value, onChange, placeholder, disabled, size }: OwnerSelectProps) {
  const { t } = useTranslation('book');
  const { userId } = useViewer();
  const { data: people = [] } = useQuery(peopleQuery);
  const sorted = people.toSorted((a, b) => Number(b.id === userId) - Number(a.id === userId));
  return (
    <Select
      label={label}
      size={size}
      searchable
      allowDeselect={false}
      disabled={disabled}
      placeholder={placeholder ?? t('owner.choose')}
      data={[
        ...sorted.map(({ id, name }) => ({
          value: String(id),
          label: id === userId ? t('owner.me', { name }) : name,
        })),
        { value: nobody, label: t('owner.nobody') },
      ]}
      value={value === undefined ? null : value === null ? nobody : String(value)}
      onChange={(next) => next !== null && onChange(next === nobody ? null : Number(next))}
      nothingFoundMessage={t('owner.notFound')}
    />
  );
}
