import { Button, Group, NumberInput, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useMayDefine } from '../../lib/viewer';
import { useSignalDeeds } from './requests';
import classes from './Signals.module.css';

const usual_callsPerWeek = 15;

/** How many calls signals may open for one person in a week. */
export function Budget({ limit }: { limit: number | null }) {
  const { t } = useTranslation('signals');
  const format = useFormat();
  const mayDefine = useMayDefine();
  const [value, setValue] = useState(limit);
  const { saveSettings } = useSignalDeeds();
  if (!mayDefine)
    return (
      <Text fz="sm">{limit === null ? t('budget.none') : t('budget.words', { formatted: format.number(limit) })}</Text>
    );
  const save = () =>
    carryOut(
      saveSettings,
      { calls_per_person_week: value },
      { onSuccess: () => showToast(t('budget.saved')), onError: showProblem },
    );
  return (
    <div className={classes.note}>
      <Group gap="md" align="center">
        <Switch
          label={t('budget.switch')}
          checked={value !== null}
          onChange={(event) => setValue(event.currentTarget.checked ? usual_callsPerWeek : null)}
        />
        <NumberInput
          aria-label={t('budget.label')}
          size="xs"
          w={140}
          min={1}
          max={500}
          allowDecimal={false}
          suffix={t('budget.suffix')}
          disabled={value === null}
          value={value ?? ''}
          onChange={(next) => typeof next === 'number' && setValue(next)}
        />
        {value !== limit && (
          <Button size="xs" onClick={save} loading={saveSettings.isPending}>
            {t('common:save')}
          </Button>
        )}
      </Group>
      <Text fz="xs" c="dimmed" mt={6}>
        {t('budget.help')}
      </Text>
    </div>
  );
}
