import { NumberInput, Select, Stack, Switch, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBookFilterFields } from '../../../components/filter/use-book-filter-fields';
import { ConditionInput } from '../../../components/rules/ConditionInput';
import { WordsPair } from '../../../components/WordsPair';
import { purposes, type PlaybookBody } from '../playbook';
import { StartFields } from './StartFields';
import type { Editor } from './use-editor';
import classes from './Editor.module.css';

const usual_reentryDays = 180;

/** What holds for the whole playbook: how it starts, when it is done, and who is held out. */
export function SettingsForm({ editor, readOnly }: { editor: Editor; readOnly: boolean }) {
  const { t } = useTranslation('playbooks');
  const fields = useBookFilterFields();
  const { body, change } = editor;
  const number = (
    label: string,
    description: string | undefined,
    suffix: string,
    [least, most]: [number, number],
    value: number,
    put: (value: number) => Partial<PlaybookBody>,
  ) => (
    <NumberInput
      label={label}
      description={description}
      suffix={suffix}
      min={least}
      max={most}
      allowDecimal={false}
      readOnly={readOnly}
      value={value}
      onChange={(next) => typeof next === 'number' && change(put(next), label)}
    />
  );
  return (
    <Stack gap="lg">
      <Stack gap="md">
        <Title order={2}>{t('settings.title')}</Title>
        <WordsPair
          label={t('settings.name')}
          required
          readOnly={readOnly}
          maxLength={120}
          value={body.name}
          onChange={(name) => change({ name }, 'name')}
        />
        <WordsPair
          label={t('settings.description')}
          rows={2}
          readOnly={readOnly}
          maxLength={2000}
          value={body.description}
          onChange={(description) => change({ description }, 'description')}
        />
        <Select
          label={t('column.purpose')}
          allowDeselect={false}
          readOnly={readOnly}
          data={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))}
          value={body.purpose}
          onChange={(purpose) => purpose && change({ purpose })}
        />
      </Stack>
      <Stack gap="md">
        <Title order={2}>{t('start.title')}</Title>
        <StartFields editor={editor} readOnly={readOnly} />
      </Stack>
      <Stack gap="md">
        <Title order={2}>{t('settings.endTitle')}</Title>
        <ConditionInput
          label={t('settings.goal')}
          description={t('settings.goalHelp')}
          fields={fields}
          readOnly={readOnly}
          value={body.goal}
          onChange={(goal) => change({ goal })}
        />
        <ConditionInput
          label={t('settings.exit')}
          description={t('settings.exitHelp')}
          fields={fields}
          readOnly={readOnly}
          value={body.exit}
          onChange={(exit) => change({ exit })}
        />
        {number(
          t('settings.longest'),
          t('settings.longestHelp'),
          t('unit.days'),
          [1, 1095],
          body.longest_days,
          (longest_days) => ({
            longest_days,
          }),
        )}
        <Switch
          label={t('settings.reentry')}
          description={t('settings.reentryHelp')}
          disabled={readOnly}
          checked={body.reentry_days !== null}
          onChange={(event) => change({ reentry_days: event.currentTarget.checked ? usual_reentryDays : null })}
        />
        {body.reentry_days !== null &&
          number(
            t('settings.reentryDays'),
            undefined,
            t('unit.days'),
            [0, 3650],
            body.reentry_days,
            (reentry_days) => ({
              reentry_days,
            }),
          )}
      </Stack>
      <Stack gap="md">
        <Title order={2}>{t('holdout.title')}</Title>
        <Text fz="sm">{t('holdout.help')}</Text>
        <div className={classes.fields}>
          {number(t('holdout.percent'), undefined, '%', [0, 90], body.holdout_percent, (holdout_percent) => ({
            holdout_percent,
          }))}
          {number(t('holdout.days'), undefined, t('unit.days'), [1, 730], body.holdout_days, (holdout_days) => ({
            holdout_days,
          }))}
        </div>
        <Text fz="xs" c="dimmed">
          {body.holdout_percent === 0
            ? t('holdout.none')
            : t('holdout.words', { percent: body.holdout_percent, days: body.holdout_days })}
        </Text>
      </Stack>
    </Stack>
  );
}
