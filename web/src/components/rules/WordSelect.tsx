import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { accountRoles, callKinds, severities } from './words';

type WordSelectProps = Omit<SelectProps, 'data' | 'onChange' | 'value'> & {
  value: string | undefined;
  onChange: (value: string) => void;
};

function Words({ onChange, value, ...props }: WordSelectProps & Pick<SelectProps, 'data'>) {
  return <Select allowDeselect={false} value={value ?? null} onChange={(next) => next && onChange(next)} {...props} />;
}

/** Who does it: by the role that somebody has on the account. */
export function RoleSelect(props: WordSelectProps) {
  const { t } = useTranslation('rules');
  return <Words data={accountRoles.map((value) => ({ value, label: t(`role.${value}`) }))} {...props} />;
}

export function SeveritySelect(props: WordSelectProps) {
  const { t } = useTranslation('rules');
  return <Words data={severities.map((value) => ({ value, label: t(`calls:severity.${value}`) }))} {...props} />;
}

/** `kinds`: those that fit; all where nothing is said. */
export function KindSelect({ kinds = callKinds, ...props }: WordSelectProps & { kinds?: readonly string[] }) {
  const { t } = useTranslation('rules');
  return <Words data={kinds.map((value) => ({ value, label: t(`calls:kind.${value}`) }))} {...props} />;
}
