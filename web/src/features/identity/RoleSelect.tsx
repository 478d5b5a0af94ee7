import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { roles } from './choices';
import type { Role } from './users';

interface RoleSelectProps {
  value: Role;
  onChange: (role: Role) => void;
  disabled?: boolean;
}

/** The four roles, each with what it may do. */
export function RoleSelect({ value, onChange, disabled }: RoleSelectProps) {
  const { t } = useTranslation('identity');
  return (
    <Radio.Group label={t('field.role')} value={value} onChange={(role) => onChange(role as Role)}>
      <Stack gap={6} mt={6}>
        {roles.map((role) => (
          <Radio
            key={role}
            size="xs"
            value={role}
            label={t(`role.${role}`)}
            description={t(`roleMeaning.${role}`)}
            disabled={disabled}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
