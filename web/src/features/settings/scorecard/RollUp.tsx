import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useEditing } from './editing';
import { Faults } from './Faults';

/** Whether parents are scored with everybody below them. */
export function RollUp() {
  const { t } = useTranslation('settings');
  const { body, change } = useEditing();
  return (
    <div>
      <Switch
        label={t('scope.rollUp')}
        description={t('scope.rollUpHelp')}
        disabled={!change}
        checked={body.roll_up === 'arr_weighted'}
        onChange={(event) => change?.({ roll_up: event.currentTarget.checked ? 'arr_weighted' : undefined })}
      />
      <Faults path="roll_up" />
    </div>
  );
}
