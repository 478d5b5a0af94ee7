import { NumberInput, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WordsPair } from '../../../components/WordsPair';
import { KindSelect, RoleSelect, SeveritySelect } from '../../../components/rules/WordSelect';
import type { FieldsProps } from './StepForm';
import classes from './Editor.module.css';

/** What somebody is to do: a task, an approval, a call. */
export function DeedFields({ step, change, readOnly }: FieldsProps) {
  const { t } = useTranslation('playbooks');
  return (
    <>
      {step.kind === 'open_call' && (
        <div className={classes.fields}>
          <KindSelect
            label={t('step.callKind')}
            readOnly={readOnly}
            value={step.call_kind}
            onChange={(call_kind) => change({ call_kind })}
          />
          <SeveritySelect
            label={t('step.severity')}
            readOnly={readOnly}
            value={step.severity}
            onChange={(severity) => change({ severity })}
          />
        </div>
      )}
      <WordsPair
        label={t('step.title')}
        required
        readOnly={readOnly}
        maxLength={200}
        value={step.title}
        onChange={(title) => change({ title }, 'title')}
      />
      <WordsPair
        label={t('step.description')}
        rows={2}
        readOnly={readOnly}
        maxLength={4000}
        value={step.description}
        onChange={(description) => change({ description }, 'description')}
      />
      <div className={classes.fields}>
        <RoleSelect
          label={t('step.role')}
          readOnly={readOnly}
          value={step.role}
          onChange={(role) => change({ role })}
        />
        <NumberInput
          label={t('step.due')}
          suffix={t('unit.businessDays')}
          min={0}
          max={250}
          allowDecimal={false}
          readOnly={readOnly}
          value={step.due_business_days ?? 3}
          onChange={(days) => typeof days === 'number' && change({ due_business_days: days }, 'due')}
        />
      </div>
      {step.kind === 'task' && (
        <>
          <Switch
            label={t('step.required')}
            description={t('step.requiredHelp')}
            disabled={readOnly}
            checked={step.required ?? true}
            onChange={(event) => change({ required: event.currentTarget.checked })}
          />
          <Switch
            label={t('step.waits')}
            description={t('step.waitsHelp')}
            disabled={readOnly}
            checked={step.wait ?? false}
            onChange={(event) => change({ wait: event.currentTarget.checked })}
          />
        </>
      )}
      {(step.kind === 'approval' || (step.kind === 'task' && step.wait)) && (
        <Timeout step={step} change={change} readOnly={readOnly} />
      )}
    </>
  );
}

/** After how many days the run goes on without; 0: never. */
export function Timeout({ step, change, readOnly }: FieldsProps) {
  const { t } = useTranslation('playbooks');
  return (
    <NumberInput
      label={t('step.timeout')}
      description={t('step.timeoutHelp')}
      suffix={t('unit.days')}
      min={0}
      max={730}
      allowDecimal={false}
      readOnly={readOnly}
      value={step.timeout_days ?? 0}
      onChange={(days) => typeof days === 'number' && change({ timeout_days: days }, 'timeout')}
    />
  );
}
