import { Button, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBookFilterFields } from '../../../components/filter/use-book-filter-fields';
import { ConditionInput } from '../../../components/rules/ConditionInput';
import { WordsPair } from '../../../components/WordsPair';
import type { Case, Step } from '../playbook';
import { Timeout } from './DeedFields';
import type { FieldsProps } from './StepForm';
import type { Editor } from './use-editor';
import { removeCase } from '../graph/edit';
import classes from './Editor.module.css';

const waits = ['days', 'business_days', 'until_field', 'until_condition'] as const;
type Wait = (typeof waits)[number];

function waitOf(step: Step): Wait {
  if (step.until_condition !== undefined) return 'until_condition';
  if (step.until_field !== undefined) return 'until_field';
  return step.days !== undefined ? 'days' : 'business_days';
}

const beginnings: Record<Wait, Partial<Step>> = {
  days: { days: 7 },
  business_days: { business_days: 3 },
  until_field: { until_field: 'renewal_day', days_after: -90 },
  until_condition: { until_condition: null, timeout_days: 30 },
};
const nothing: Partial<Step> = {
  days: undefined,
  business_days: undefined,
  until_field: undefined,
  days_after: undefined,
  until_condition: undefined,
};

/** For how long, until which day, or until what. */
export function WaitFields(props: FieldsProps) {
  const { step, change, readOnly } = props;
  const { t } = useTranslation('playbooks');
  const fields = useBookFilterFields();
  const kind = waitOf(step);
  const number = (
    label: string,
    suffix: string,
    value: number,
    least: number,
    most: number,
    put: (n: number) => void,
  ) => (
    <NumberInput
      label={label}
      suffix={suffix}
      min={least}
      max={most}
      allowDecimal={false}
      readOnly={readOnly}
      value={value}
      onChange={(next) => typeof next === 'number' && put(next)}
    />
  );
  return (
    <>
      <Select
        label={t('wait.kind')}
        allowDeselect={false}
        readOnly={readOnly}
        data={waits.map((value) => ({ value, label: t(`wait.${value}`) }))}
        value={kind}
        onChange={(next) => next && next !== kind && change({ ...nothing, ...beginnings[next as Wait] })}
      />
      {kind === 'days' &&
        number(t('wait.howLong'), t('unit.days'), step.days ?? 1, 1, 730, (days) => change({ days }, 'days'))}
      {kind === 'business_days' &&
        number(t('wait.howLong'), t('unit.businessDays'), step.business_days ?? 1, 1, 500, (business_days) =>
          change({ business_days }, 'days'),
        )}
      {kind === 'until_field' && (
        <div className={classes.fields}>
          <Select
            label={t('wait.field')}
            searchable
            allowDeselect={false}
            readOnly={readOnly}
            data={(fields ?? [])
              .filter(({ type }) => type === 'day')
              .map(({ name, label }) => ({ value: name, label }))}
            value={step.until_field ?? null}
            onChange={(until_field) => until_field && change({ until_field })}
          />
          {number(t('wait.daysAfter'), t('unit.days'), step.days_after ?? 0, -730, 730, (days_after) =>
            change({ days_after }, 'days'),
          )}
        </div>
      )}
      {kind === 'until_condition' && (
        <>
          <ConditionInput
            label={t('wait.condition')}
            fields={fields}
            readOnly={readOnly}
            value={step.until_condition}
            onChange={(until_condition) => change({ until_condition })}
          />
          <Timeout {...props} />
        </>
      )}
    </>
  );
}

/** The cases, of which the first that holds is taken. */
export function BranchFields({ step, change, readOnly, editor }: FieldsProps & { editor: Editor }) {
  const { t } = useTranslation('playbooks');
  const fields = useBookFilterFields();
  const cases = step.cases ?? [];
  const put = (index: number, part: Partial<Case>, subject?: string) =>
    change(
      { cases: cases.map((each, at) => (at === index ? { ...each, ...part } : each)) },
      subject && `case ${index} ${subject}`,
    );
  const add = () => {
    const number = cases.length + 1;
    change({ cases: [...cases, { name: { ja: `条件${number}`, en: `Case ${number}` }, condition: null, next: null }] });
  };
  return (
    <Stack gap="md">
      {cases.map((each, index) => (
        <section key={index} className={classes.case} aria-label={t('branch.case', { number: index + 1 })}>
          <Text fz="xs" c="dimmed" mb={4}>
            {t('branch.case', { number: index + 1 })}
          </Text>
          <Stack gap="sm">
            <WordsPair
              label={t('step.name')}
              required
              readOnly={readOnly}
              maxLength={80}
              value={each.name}
              onChange={(name) => put(index, { name }, 'name')}
            />
            <ConditionInput
              label={t('branch.condition')}
              fields={fields}
              readOnly={readOnly}
              value={each.condition}
              onChange={(condition) => put(index, { condition })}
            />
            {!readOnly && cases.length > 1 && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                leftSection={<IconTrash size={13} aria-hidden />}
                style={{ alignSelf: 'flex-start' }}
                onClick={() => editor.change({ steps: removeCase(editor.body.steps, step.key, index) })}
              >
                {t('branch.remove')}
              </Button>
            )}
          </Stack>
        </section>
      ))}
      {!readOnly && cases.length < 20 && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={add}
        >
          {t('branch.add')}
        </Button>
      )}
      <Text fz="xs" c="dimmed">
        {t('branch.help')}
      </Text>
    </Stack>
  );
}

interface SwitchViewProps<Value extends string> {
  label: string;
  values: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** Two or three ways to look at the same. */
export function SwitchView<Value extends string>({ label, values, value, onChange }: SwitchViewProps<Value>) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      data={values.map((each) => each)}
      value={value}
      onChange={(next) => onChange(next as Value)}
    />
  );
}
