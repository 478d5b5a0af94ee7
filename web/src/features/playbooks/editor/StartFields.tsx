import { NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBookFilterFields } from '../../../components/filter/use-book-filter-fields';
import { ConditionInput } from '../../../components/rules/ConditionInput';
import { startKinds, type Start } from '../playbook';
import { DefinitionSelect } from './CommunicationFields';
import type { Editor } from './use-editor';
import classes from './Editor.module.css';

const weekdays = [0, 1, 2, 3, 4, 5, 6];
const rhythms = ['day', 'week', 'month'] as const;

/** What begins a run. */
export function StartFields({ editor, readOnly }: { editor: Editor; readOnly: boolean }) {
  const { t } = useTranslation('playbooks');
  const fields = useBookFilterFields();
  const { start } = editor.body;
  const change = (part: Partial<Start>, subject?: string) =>
    editor.change({ start: { ...start, ...part } }, subject && `start ${subject}`);
  return (
    <>
      <Select
        label={t('start.on')}
        description={t(`start.help.${start.on}`)}
        allowDeselect={false}
        readOnly={readOnly}
        data={startKinds.map((value) => ({ value, label: t(`startOn.${value}`) }))}
        value={start.on}
        onChange={(on) => on && on !== start.on && change(beginning(on as Start['on']))}
      />
      {start.on === 'segment' && (
        <DefinitionSelect
          kind="segment"
          label={t('start.segment')}
          readOnly={readOnly}
          value={start.segment ?? ''}
          onChange={(segment) => change({ segment })}
        />
      )}
      {start.on === 'schedule' && <Schedule start={start} change={change} readOnly={readOnly} />}
      {start.on === 'change' && (
        <div className={classes.fields}>
          <Select
            label={t('start.field')}
            searchable
            allowDeselect={false}
            readOnly={readOnly}
            data={(fields ?? [])
              .filter(({ type }) => type === 'choice' || type === 'text')
              .map(({ name, label }) => ({ value: name, label }))}
            value={start.field ?? null}
            onChange={(field) => field && change({ field, to: '' })}
          />
          <ValueInput
            choices={fields?.find(({ name }) => name === start.field)?.choices}
            value={start.to ?? ''}
            onChange={(to) => change({ to }, 'to')}
            readOnly={readOnly}
          />
        </div>
      )}
      <ConditionInput
        label={t('start.condition')}
        description={t('start.conditionHelp')}
        fields={fields}
        readOnly={readOnly}
        value={start.condition}
        onChange={(condition) => change({ condition })}
      />
    </>
  );
}

function beginning(on: Start['on']): Partial<Start> {
  if (on === 'schedule') return { on, every: 'week', weekday: 0, day_of_month: 1, minute_of_day: 9 * 60 };
  return on === 'change' ? { on, field: 'phase', to: '' } : { on };
}

interface PartProps {
  start: Start;
  change: (part: Partial<Start>, subject?: string) => void;
  readOnly: boolean;
}

function Schedule({ start, change, readOnly }: PartProps) {
  const { t } = useTranslation('playbooks');
  const minute = start.minute_of_day ?? 9 * 60;
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return (
    <div className={classes.fields}>
      <Select
        label={t('start.every')}
        allowDeselect={false}
        readOnly={readOnly}
        data={rhythms.map((value) => ({ value, label: t(`start.rhythm.${value}`) }))}
        value={start.every ?? 'week'}
        onChange={(every) => every && change({ every: every as Start['every'] })}
      />
      {start.every === 'week' && (
        <Select
          label={t('start.weekday')}
          allowDeselect={false}
          readOnly={readOnly}
          data={weekdays.map((day) => ({ value: String(day), label: t(`weekday.${day}` as 'weekday.0') }))}
          value={String(start.weekday ?? 0)}
          onChange={(day) => day && change({ weekday: Number(day) })}
        />
      )}
      {start.every === 'month' && (
        <NumberInput
          label={t('start.dayOfMonth')}
          min={1}
          max={31}
          allowDecimal={false}
          readOnly={readOnly}
          value={start.day_of_month ?? 1}
          onChange={(day) => typeof day === 'number' && change({ day_of_month: day }, 'day')}
        />
      )}
      <TextInput
        type="time"
        label={t('start.time')}
        readOnly={readOnly}
        value={clock}
        onChange={(event) => {
          const [hour, minutes] = event.currentTarget.value.split(':').map(Number);
          if (hour !== undefined && minutes !== undefined && !Number.isNaN(hour + minutes))
            change({ minute_of_day: hour * 60 + minutes }, 'time');
        }}
      />
    </div>
  );
}

interface ValueInputProps {
  choices: { value: string; label: string }[] | undefined;
  value: string;
  onChange: (value: string) => void;
  readOnly: boolean;
}

function ValueInput({ choices, value, onChange, readOnly }: ValueInputProps) {
  const { t } = useTranslation('playbooks');
  if (choices && choices.length > 0)
    return (
      <Select
        label={t('start.to')}
        searchable
        allowDeselect={false}
        readOnly={readOnly}
        data={choices}
        value={value || null}
        onChange={(next) => next && onChange(next)}
      />
    );
  return (
    <TextInput
      label={t('start.to')}
      readOnly={readOnly}
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
