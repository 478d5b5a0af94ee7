import { Group, Input, NumberInput, Select } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface DaysSwitchProps {
  label: string;
  description: string | undefined;
  never: string;
  after: string;
  least: number;
  /** What stands there first when somebody turns it on. */
  startingDays: number;
  readOnly: boolean;
  /** Null: never. */
  value: number | null;
  onChange: (days: number | null) => void;
}

const mostDays = 3650;

/** Never, or after so many days. */
export function DaysSwitch({
  label,
  description,
  never,
  after,
  least,
  startingDays,
  readOnly,
  value,
  onChange,
}: DaysSwitchProps) {
  const { t } = useTranslation('revenue');
  const id = useId();
  return (
    <Input.Wrapper id={id} label={label} description={description}>
      <Group gap={8} wrap="nowrap">
        <Select
          id={id}
          style={{ flex: 1 }}
          readOnly={readOnly}
          allowDeselect={false}
          data={[
            { value: 'never', label: never },
            { value: 'after', label: after },
          ]}
          value={value === null ? 'never' : 'after'}
          onChange={(next) => onChange(next === 'after' ? (value ?? startingDays) : null)}
        />
        {value !== null && (
          <NumberInput
            w={110}
            aria-label={t('rules.daysOf', { name: label })}
            readOnly={readOnly}
            min={least}
            max={mostDays}
            allowDecimal={false}
            suffix={t('rules.daySuffix')}
            value={value}
            onChange={(days) => typeof days === 'number' && onChange(days)}
          />
        )}
      </Group>
    </Input.Wrapper>
  );
}
